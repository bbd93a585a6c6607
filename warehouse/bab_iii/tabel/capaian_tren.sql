SELECT
  c.kode_unit,
  c.periode,
  c.kode_indikator,
  c.sasaran,
  c.indikator,
  c.satuan,
  kata(c.satuan) AS nama_satuan,
  $tahun AS tahun_ini
FROM v1_capaian_iku AS c
WHERE c.kode_unit = $kode_unit AND c.periode = CAST($tahun AS VARCHAR)
ORDER BY c.nomor_dokumen NULLS LAST, c.kode_indikator;
