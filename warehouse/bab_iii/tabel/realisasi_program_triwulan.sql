SELECT
  kode_unit,
  periode,
  kode,
  uraian
FROM v1_serapan_program
WHERE kode_unit = $kode_unit AND periode = $periode AND tingkat = 'program'
ORDER BY kode;
