SELECT
  r.kode_unit,
  r.kode_indikator,
  r.tahun,
  coalesce(k.nama, r.kode_indikator) AS indikator,
  k.satuan,
  kata(k.satuan) AS nama_satuan
FROM v1_renstra_iku AS r
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = r.kode_indikator
WHERE
  r.kode_unit = $kode_unit
  AND r.tahun = $tahun
  AND r.kode_indikator NOT IN (
    SELECT kode_indikator FROM v1_capaian_iku WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
  )
ORDER BY r.kode_indikator;
