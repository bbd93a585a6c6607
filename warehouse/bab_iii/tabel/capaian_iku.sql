SELECT
  c.kode_unit,
  c.periode,
  c.kode_indikator,
  c.sasaran,
  c.indikator,
  c.satuan,
  c.kategori,
  r.kategori AS kategori_rata
FROM v1_capaian_iku AS c
LEFT JOIN v1_capaian_ringkasan AS r ON r.kode_unit = c.kode_unit AND r.periode = c.periode
WHERE c.kode_unit = $kode_unit AND c.periode = $periode
ORDER BY c.nomor_dokumen NULLS LAST, c.kode_indikator;
