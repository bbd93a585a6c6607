SELECT
  s.kode_unit,
  s.periode,
  s.kode,
  p.uraian AS program,
  k.uraian AS kegiatan,
  s.uraian AS sub_kegiatan
FROM v1_serapan_program AS s
LEFT JOIN v1_serapan_program AS k ON k.kode_unit = s.kode_unit AND k.periode = s.periode AND k.kode = s.kode_induk
LEFT JOIN v1_serapan_program AS p ON p.kode_unit = s.kode_unit AND p.periode = s.periode AND p.kode = k.kode_induk
WHERE
  s.kode_unit = $kode_unit
  AND s.periode = CAST($tahun AS VARCHAR)
  AND s.tingkat = 'sub_kegiatan'
  AND s.pagu_murni IS NOT NULL
ORDER BY p.kode, k.kode, s.kode;
