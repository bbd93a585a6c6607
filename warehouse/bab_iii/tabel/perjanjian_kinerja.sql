SELECT
  kode_unit,
  periode,
  kode_indikator,
  sasaran,
  indikator,
  satuan,
  kata(dokumen_target) AS dokumen
FROM v1_capaian_iku
WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
ORDER BY nomor_dokumen NULLS LAST, kode_indikator;
