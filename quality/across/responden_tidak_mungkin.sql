-- Where a stated number of respondents can give few of the printed means, the number is wrong and not the means.
-- The smallest number that can give all of them is named. Yearly rows of several periods: as in nrr_tidak_mungkin.
WITH cetak AS (
  SELECT *, max(desimal(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d
  FROM clean_skm_ringkasan WHERE nilai IS NOT NULL AND starts_with(ukuran, 'U')
), bagian AS (
  SELECT DISTINCT kode_unit, left(periode, 4) AS tahun FROM clean_skm_ringkasan WHERE length(periode) > 4
  UNION
  SELECT DISTINCT kode_unit, left(periode, 4) FROM lembar_skm WHERE length(periode) > 4
), diuji AS (
  SELECT n.kode_unit, n.periode, n.berkas_id, n.lembar, n.tabel_ke, n.baris, CAST(n.nilai AS DECIMAL(9, 0)) AS n,
         count(*) AS semua, count(*) FILTER (NOT pecahan_mungkin(c.nilai, n.nilai, 1, satuan(c.d))) AS gagal,
         list({'nilai': c.nilai, 'd': c.d}) AS rata,
         list(sel(c.berkas_id, c.lembar, c.tabel_ke, c.baris, 'nilai@' || c.periode) ORDER BY c.ukuran) AS asal
  FROM clean_skm_ringkasan n
  JOIN cetak c ON c.kode_unit = n.kode_unit AND c.periode = n.periode
  ANTI JOIN bagian b ON b.kode_unit = n.kode_unit AND b.tahun = n.periode
  WHERE n.ukuran = 'N' AND n.nilai BETWEEN 1 AND 100000000 AND bulat(n.nilai)
  GROUP BY ALL
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode AS field,
       CAST(n AS VARCHAR) AS tertulis, CAST(gagal AS VARCHAR) AS gagal, CAST(semua AS VARCHAR) AS semua,
       list_min(list_filter(range(1, 2001), lambda m: len(list_filter(rata, lambda r: NOT pecahan_mungkin(r.nilai, m, 1, satuan(r.d)))) = 0))
         AS seharusnya,
       asal AS terkait
FROM diuji WHERE semua >= 3 AND 2 * gagal > semua
