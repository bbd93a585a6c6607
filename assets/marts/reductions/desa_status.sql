-- Desa menjadi banyaknya menurut status, satu baris tiap unit, tahun dan metode.
-- Masukan: status_desa. 't_' = menurut status tercetak, yang lain menurut skor.
SELECT
  kode_unit, tahun, metode,
  CAST(count(*) AS BIGINT) AS desa,
  CAST(count(status) AS BIGINT) AS berstatus,
  CAST(sum(CASE WHEN status = 'MANDIRI' THEN 1 ELSE 0 END) AS BIGINT) AS mandiri,
  CAST(sum(CASE WHEN status = 'MAJU' THEN 1 ELSE 0 END) AS BIGINT) AS maju,
  CAST(count(status_tercetak) AS BIGINT) AS t_berstatus,
  CAST(sum(CASE WHEN status_tercetak = 'MANDIRI' THEN 1 ELSE 0 END) AS BIGINT) AS t_mandiri,
  CAST(sum(CASE WHEN status_tercetak = 'MAJU' THEN 1 ELSE 0 END) AS BIGINT) AS t_maju
FROM status_desa
WHERE kode_unit IS NOT NULL
GROUP BY kode_unit, tahun, metode
ORDER BY kode_unit NULLS LAST, tahun NULLS LAST, metode NULLS LAST
