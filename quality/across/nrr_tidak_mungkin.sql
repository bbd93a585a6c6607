-- A mean of n whole answers is k/n for some whole k: a print that no k gives, rounded or cut, is a misprint. Where
-- most means fail, n is wrong (responden_tidak_mungkin). Yearly rows made of several periods are means of means and
-- not judged.
WITH cetak AS (
  SELECT *, max(desimal(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d
  FROM clean_skm_ringkasan WHERE nilai IS NOT NULL AND starts_with(ukuran, 'U')
), responden AS (
  SELECT kode_unit, periode, nilai AS n, [sel(berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode)] AS asal
  FROM clean_skm_ringkasan WHERE ukuran = 'N' AND nilai BETWEEN 1 AND 100000000
), bagian AS (
  SELECT DISTINCT kode_unit, left(periode, 4) AS tahun FROM clean_skm_ringkasan WHERE length(periode) > 4
  UNION
  SELECT DISTINCT kode_unit, left(periode, 4) FROM lembar_skm WHERE length(periode) > 4
), diuji AS (
  SELECT c.*, CAST(r.n AS DECIMAL(9, 0)) AS n, r.asal, NOT pecahan_mungkin(c.nilai, r.n, 1, satuan(c.d)) AS gagal
  FROM cetak c
  JOIN responden r ON r.kode_unit = c.kode_unit AND r.periode = c.periode
  ANTI JOIN bagian b ON b.kode_unit = c.kode_unit AND b.tahun = c.periode
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode AS field,
       nilai AS tertulis, ukuran AS unsur, CAST(n AS VARCHAR) AS n, asal AS terkait
FROM diuji
WINDOW satu AS (PARTITION BY kode_unit, periode)
QUALIFY gagal AND (2 * count(*) FILTER (gagal) OVER satu <= count(*) OVER satu OR count(*) OVER satu < 3)
