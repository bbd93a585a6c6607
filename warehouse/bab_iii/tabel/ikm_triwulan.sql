SELECT
  kode_unit,
  periode,
  replace(replace(substr(periode, 6), 'TW', 'Triwulan '), 'S', 'Semester ') AS nama_periode,
  mutu,
  kinerja,
  periode = $periode AS tebal
FROM v1_ikm
WHERE
  kode_unit = $kode_unit
  AND (
    (periode LIKE CAST($tahun AS VARCHAR) || '-TW%' AND periode <= $periode)
    OR (periode LIKE CAST($tahun AS VARCHAR) || '-S%' AND CAST(right(periode, 1) AS INTEGER) * 2 <= $triwulan_ke)
  )
ORDER BY periode;
