-- A mean of n whole answers is k/n for some whole k: a print that no k gives, rounded or cut, is a misprint
-- (or n is). Yearly rows made of several periods are means of means and not judged.
WITH cetak AS (
  SELECT *, max(desimal(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d
  FROM clean_skm_ringkasan WHERE nilai IS NOT NULL AND starts_with(ukuran, 'U')
), responden AS (
  SELECT kode_unit, periode, nilai AS n, [sel(berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode)] AS asal
  FROM clean_skm_ringkasan WHERE ukuran = 'N' AND nilai > 0
), bagian AS (
  SELECT DISTINCT kode_unit, left(periode, 4) AS tahun FROM clean_skm_ringkasan WHERE length(periode) > 4
  UNION
  SELECT DISTINCT kode_unit, left(periode, 4) FROM clean_skm_jawaban WHERE length(periode) > 4
), kali AS (
  SELECT c.*, CAST(r.n AS DECIMAL(12, 0)) AS n, r.asal,
         CAST(c.nilai AS DECIMAL(20, 4)) * CAST(r.n AS DECIMAL(12, 0)) AS k,
         satuan(least(c.d, 4)) * CAST(r.n AS DECIMAL(12, 0)) AS jarak
  FROM cetak c
  JOIN responden r ON r.kode_unit = c.kode_unit AND r.periode = c.periode
  ANTI JOIN bagian b ON b.kode_unit = c.kode_unit AND b.tahun = c.periode
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode AS field,
       nilai AS tertulis, ukuran AS unsur, CAST(n AS VARCHAR) AS n, asal AS terkait
FROM kali
WHERE ceil(k) - k >= jarak AND 2 * (k - floor(k)) > jarak
