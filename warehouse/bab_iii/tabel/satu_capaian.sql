SELECT
  kode_unit,
  periode,
  kode_indikator,
  sasaran,
  indikator,
  satuan,
  kata(satuan) AS nama_satuan,
  kategori,
  $tahun - 1 AS tahun_sebelum
FROM v1_capaian_iku
WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR) AND kode_indikator = $kode_indikator;
