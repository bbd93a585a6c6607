SELECT
  s.kode_unit,
  s.periode,
  s.kode,
  s.uraian,
  CASE WHEN sasaran.n = 1 THEN sasaran.satu END AS sasaran
FROM v1_serapan_program AS s
CROSS JOIN (
  SELECT count(DISTINCT sasaran) AS n, any_value(sasaran) AS satu
  FROM v1_capaian_iku
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
) AS sasaran
WHERE s.kode_unit = $kode_unit AND s.periode = CAST($tahun AS VARCHAR) AND s.tingkat = 'program'
ORDER BY s.kode;
