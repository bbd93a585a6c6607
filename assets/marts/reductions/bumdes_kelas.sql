-- BUM Desa menjadi banyaknya menurut kelas, satu baris tiap unit dan tahun.
-- Masukan: bumdes.
SELECT
  kode_unit, tahun,
  CAST(count(*) AS BIGINT) AS bumdes,
  CAST(count(kelas) AS BIGINT) AS berkelas,
  CAST(count(aktif) AS BIGINT) AS berstatus_aktif,
  CAST(sum(CASE WHEN aktif THEN 1 ELSE 0 END) AS BIGINT) AS aktif,
  CAST(sum(CASE WHEN kelas = 'PERINTIS' THEN 1 ELSE 0 END) AS BIGINT) AS perintis,
  CAST(sum(CASE WHEN kelas = 'PEMULA' THEN 1 ELSE 0 END) AS BIGINT) AS pemula,
  CAST(sum(CASE WHEN kelas = 'BERKEMBANG' THEN 1 ELSE 0 END) AS BIGINT) AS berkembang,
  CAST(sum(CASE WHEN kelas = 'MAJU' THEN 1 ELSE 0 END) AS BIGINT) AS maju
FROM bumdes
WHERE kode_unit IS NOT NULL
GROUP BY kode_unit, tahun
ORDER BY kode_unit NULLS LAST, tahun NULLS LAST
