SELECT
  r.kode_unit,
  r.kode_indikator,
  r.tahun,
  r.tahun_akhir,
  $satuan AS satuan
FROM v1_renstra_iku AS r
WHERE r.kode_unit = $kode_unit AND r.kode_indikator = $kode_indikator AND r.tahun = $tahun;
