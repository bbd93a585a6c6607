SELECT
  kode_unit,
  periode,
  CASE
    WHEN length(periode) = 4 THEN 'Tahun ' || periode
    ELSE replace(replace(substr(periode, 6), 'TW', 'Triwulan '), 'S', 'Semester ')
  END AS nama_periode,
  mutu,
  kinerja,
  metode,
  length(periode) = 4 AS tebal
FROM v1_ikm
WHERE kode_unit = $kode_unit AND substr(periode, 1, 4) = CAST($tahun AS VARCHAR)
ORDER BY length(periode) DESC, periode;
