SELECT
  kode_unit,
  periode,
  kode,
  uraian,
  satuan
FROM v1_kinerja_program
WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR) AND tingkat = 'program'
ORDER BY kode;
