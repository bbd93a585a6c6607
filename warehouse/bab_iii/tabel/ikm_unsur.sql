SELECT
  u.kode_unit,
  u.unsur,
  any_value(u.nama_unsur) AS nama_unsur,
  CAST($tahun AS VARCHAR) AS periode_tahun
FROM v1_ikm_unsur AS u
WHERE
  u.kode_unit = $kode_unit
  AND substr(u.periode, 1, 4) = CAST($tahun AS VARCHAR)
  AND (u.nrr IS NOT NULL OR u.status_terbit <> 'terbit')
GROUP BY u.kode_unit, u.unsur
ORDER BY u.unsur;
