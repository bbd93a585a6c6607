-- An agreement is dated before the end of the period whose targets it holds. One dated later changes them when the
-- result is known; the targets of the document that was in force stand beside it.
WITH sesudah AS (
  SELECT *, (berkas_id, lembar, tabel_ke, baris) AS urut FROM clean_target
  WHERE dokumen IN ('PK', 'PK-P') AND berlaku_sejak > akhir_periode(CAST(tahun AS VARCHAR))
), berlaku AS (
  SELECT * FROM clean_target
  WHERE dokumen IN ('PK', 'PK-P') AND (berlaku_sejak IS NULL OR berlaku_sejak <= akhir_periode(CAST(tahun AS VARCHAR)))
  QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, periode
                             ORDER BY berlaku_sejak DESC NULLS LAST, dokumen DESC) = 1
)
SELECT s.kode_unit, CAST(s.tahun AS VARCHAR) AS periode, s.berkas_id, arg_min(s.lembar, s.urut) AS lembar,
       arg_min(s.tabel_ke, s.urut) AS tabel_ke, arg_min(s.baris, s.urut) AS baris, 'target' AS field,
       tanggal_teks(max(s.berlaku_sejak)) AS tertulis,
       'paling lambat ' || tanggal_teks(akhir_periode(CAST(s.tahun AS VARCHAR))) AS seharusnya, s.dokumen AS dokumen,
       count(*) AS jumlah,
       coalesce(nullif(beberapa(list(s.indikator || ': ' || coalesce(b.target_teks, teks(b.target)) || ' → '
                                     || coalesce(s.target_teks, teks(s.target)) ORDER BY s.urut)
                                FILTER (b.target <> s.target), 3), ''), '-') AS berubah,
       list(sel(b.berkas_id, b.lembar, b.tabel_ke, b.baris, 'target') ORDER BY s.urut)
         FILTER (b.target <> s.target) AS terkait
FROM sesudah s
LEFT JOIN berlaku b ON b.kode_unit = s.kode_unit AND b.kode_indikator = s.kode_indikator AND b.periode = s.periode
GROUP BY s.kode_unit, s.tahun, s.berkas_id, s.dokumen
