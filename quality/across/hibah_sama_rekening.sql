-- The list of grants adds up to account 5.1.05 of the year.
WITH daftar AS (
  SELECT kode_unit, tahun, 'pagu' AS ukuran, pagu AS nilai, berkas_id, lembar, tabel_ke, baris FROM clean_hibah
  UNION ALL
  SELECT kode_unit, tahun, 'realisasi', realisasi, berkas_id, lembar, tabel_ke, baris FROM clean_hibah
), jumlah AS (
  SELECT kode_unit, tahun, ukuran, CAST(sum(nilai) AS DECIMAL(28, 2)) AS nilai, count(*) AS banyak,
         bool_and(bulat(nilai)) AS utuh, min(berkas_id) AS berkas_id,
         arg_min(lembar, (berkas_id, lembar, tabel_ke, baris)) AS lembar,
         arg_min(tabel_ke, (berkas_id, lembar, tabel_ke, baris)) AS tabel_ke,
         arg_min(baris, (berkas_id, lembar, tabel_ke, baris)) AS baris,
         CASE WHEN count(DISTINCT (berkas_id, lembar, tabel_ke)) = 1 THEN max(baris) END AS sampai_baris
  FROM daftar GROUP BY kode_unit, tahun, ukuran
  HAVING count(nilai) = count(*)
), lra AS (
  SELECT *, bool_and(bulat(pagu)) OVER tabel AS pagu_utuh, bool_and(bulat(realisasi)) OVER tabel AS realisasi_utuh
  FROM clean_realisasi_rekening
  WHERE length(periode) = 4
  WINDOW tabel AS (PARTITION BY berkas_id, lembar, tabel_ke, tingkat)
  QUALIFY kode = '5.1.05'
), rekening AS (
  SELECT kode_unit, periode, 'pagu' AS ukuran, pagu AS nilai, pagu_utuh AS utuh,
         sel(berkas_id, lembar, tabel_ke, baris, 'pagu') AS asal FROM lra WHERE pagu IS NOT NULL
  UNION ALL
  SELECT kode_unit, periode, 'realisasi', realisasi, realisasi_utuh,
         sel(berkas_id, lembar, tabel_ke, baris, 'realisasi') FROM lra WHERE realisasi IS NOT NULL
)
SELECT j.kode_unit, r.periode, j.berkas_id, j.lembar, j.tabel_ke, j.baris, j.sampai_baris,
       j.ukuran AS field, j.nilai AS tertulis, CAST(r.nilai AS DECIMAL(28, 2)) AS seharusnya,
       j.nilai - r.nilai AS selisih, j.banyak AS banyak, j.ukuran AS kolom, [r.asal] AS terkait
FROM jumlah j
JOIN rekening r ON r.kode_unit = j.kode_unit AND r.periode = CAST(j.tahun AS VARCHAR) AND r.ukuran = j.ukuran
WHERE abs(j.nilai - r.nilai) > satuan_rp(j.utuh OR r.utuh) * j.banyak
