SELECT
  c.kode_unit,
  c.periode,
  c.kode_indikator,
  c.sasaran,
  c.indikator,
  c.satuan,
  kata(c.satuan) AS nama_satuan,
  $tahun AS tahun,
  r.tahun_akhir
FROM v1_capaian_iku AS c
LEFT JOIN v1_renstra_iku AS r
  ON r.kode_unit = c.kode_unit AND r.kode_indikator = c.kode_indikator AND r.tahun = $tahun
WHERE c.kode_unit = $kode_unit AND c.periode = CAST($tahun AS VARCHAR)
ORDER BY c.nomor_dokumen NULLS LAST, c.kode_indikator;
