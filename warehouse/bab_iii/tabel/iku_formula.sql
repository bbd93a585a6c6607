SELECT
  c.sasaran,
  c.indikator,
  c.kode_indikator,
  coalesce(k.definisi, 'definisi belum ada dalam katalog indikator') AS definisi,
  CASE c.arah WHEN 'turun' THEN 'makin rendah makin baik' ELSE 'makin tinggi makin baik' END AS arah
FROM v1_capaian_iku AS c
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = c.kode_indikator
WHERE c.kode_unit = $kode_unit AND c.periode = CAST($tahun AS VARCHAR)
ORDER BY c.nomor_dokumen NULLS LAST, c.kode_indikator;
