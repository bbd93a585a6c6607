-- A printed index or mean of the survey is the one computed. Where the index itself is made of printed means,
-- their rounding is allowed for (half their last digit, times 25).
WITH cetak AS (
  SELECT *, max(desimal(nilai)) FILTER (ukuran = 'IKM') OVER tabel AS d_ikm,
         max(desimal(nilai)) FILTER (starts_with(ukuran, 'U')) OVER tabel AS d_nrr
  FROM clean_skm_ringkasan
  WHERE nilai IS NOT NULL AND (ukuran = 'IKM' OR starts_with(ukuran, 'U'))
  WINDOW tabel AS (PARTITION BY berkas_id, lembar, tabel_ke)
), jawaban AS (
  SELECT DISTINCT kode_unit, left(periode, 4) AS tahun FROM lembar_skm
), pasangan AS (
  SELECT c.*, i.ikm AS hitung, 'ikm|kode_unit=' || c.kode_unit || ';periode=' || c.periode || '|ikm_tercetak' AS angka,
         satuan_persen(c.d_ikm)
         + CASE WHEN j.tahun IS NULL THEN CAST(12.5 AS DECIMAL(3, 1)) * satuan(coalesce(c.d_nrr, 2))
                ELSE 0 END AS batas
  FROM cetak c
  JOIN ikm i ON i.kode_unit = c.kode_unit AND i.periode = c.periode
  LEFT JOIN jawaban j ON j.kode_unit = c.kode_unit AND j.tahun = left(c.periode, 4)
  WHERE c.ukuran = 'IKM' AND i.ikm IS NOT NULL AND i.metode <> 'tercetak'
  UNION ALL
  SELECT c.*, u.nrr, 'ikm_unsur|kode_unit=' || c.kode_unit || ';periode=' || c.periode || ';unsur=' || c.ukuran
         || '|nrr_tercetak', satuan(least(c.d_nrr, 3))
  FROM cetak c
  JOIN ikm_unsur u ON u.kode_unit = c.kode_unit AND u.periode = c.periode AND u.unsur = c.ukuran
  WHERE u.nrr IS NOT NULL
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode AS field,
       nilai AS tertulis, CAST(hitung AS DECIMAL(20, 4)) AS seharusnya,
       CAST(nilai - hitung AS DECIMAL(20, 4)) AS selisih,
       CASE WHEN ukuran = 'IKM' THEN 'IKM' ELSE 'Nilai rata-rata unsur ' || ukuran END AS yang_tercetak,
       CASE WHEN ukuran = 'IKM' THEN 'IKM' ELSE 'mean of element ' || ukuran END AS printed_thing,
       [angka] AS figures
FROM pasangan
WHERE abs(nilai - hitung) >= batas
