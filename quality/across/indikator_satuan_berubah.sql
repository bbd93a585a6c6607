-- One indicator has one unit and one direction, in all documents and years of an office.
WITH kata AS (
  SELECT *, (tahun, dokumen, berkas_id, lembar, tabel_ke, baris) AS urut,
         CASE nama_polos(coalesce(satuan, '')) WHEN '' THEN CASE WHEN satuan LIKE '%\%%' ESCAPE '\' THEN 'persen' END
              WHEN 'persentase' THEN 'persen' WHEN 'prosentase' THEN 'persen' WHEN 'indeks' THEN 'nilai'
              WHEN 'index' THEN 'nilai' WHEN 'skor' THEN 'nilai' WHEN 'angka' THEN 'nilai' WHEN 'poin' THEN 'nilai'
              WHEN 'perbandingan' THEN 'rasio' ELSE nama_polos(satuan) END AS ukuran
  FROM clean_target WHERE NOT starts_with(kode_indikator, 'manual:')
), hal AS (
  SELECT kode_unit, kode_indikator, indikator, tahun, dokumen, periode, berkas_id, lembar, tabel_ke, baris, urut,
         'satuan' AS field, ukuran AS isi, satuan AS tercetak FROM kata WHERE ukuran IS NOT NULL
  UNION ALL
  SELECT kode_unit, kode_indikator, indikator, tahun, dokumen, periode, berkas_id, lembar, tabel_ke, baris, urut,
         'arah', arah, arah FROM kata WHERE arah IS NOT NULL
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, field, tercetak AS tertulis,
       nama_indikator(kode_indikator, indikator) AS indikator, dokumen AS dokumen, field AS kolom,
       lama.tercetak AS seharusnya, lama.dokumen || ' ' || lama.tahun AS dokumen_lama,
       [sel(lama.berkas_id, lama.lembar, lama.tabel_ke, lama.baris, field)] AS terkait
FROM (
  SELECT *, arg_min({'isi': isi, 'tercetak': tercetak, 'dokumen': dokumen, 'tahun': tahun, 'berkas_id': berkas_id,
                     'lembar': lembar, 'tabel_ke': tabel_ke, 'baris': baris}, urut)
              OVER (PARTITION BY kode_unit, kode_indikator, field) AS lama
  FROM hal
)
WHERE isi <> lama.isi
QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, field, isi ORDER BY urut) = 1
