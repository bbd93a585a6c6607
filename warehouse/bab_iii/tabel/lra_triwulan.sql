SELECT
  kode_unit,
  periode,
  kode,
  uraian,
  tingkat IN ('akun', 'kelompok', 'jenis') AS tebal
FROM v1_serapan_rekening
WHERE kode_unit = $kode_unit AND periode = $periode
ORDER BY kode;
