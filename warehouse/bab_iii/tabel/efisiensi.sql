SELECT
  e.kode_unit,
  e.periode,
  e.kode_indikator,
  e.rumus,
  c.indikator,
  CASE e.rumus WHEN 'RASIO' THEN 'rasio' ELSE 'persen' END AS satuan_efisiensi,
  'rata_efisiensi_' || lower(e.rumus) AS kolom_rata
FROM v1_efisiensi AS e
INNER JOIN v1_capaian_iku AS c
  ON c.kode_unit = e.kode_unit AND c.periode = e.periode AND c.kode_indikator = e.kode_indikator
WHERE e.kode_unit = $kode_unit AND e.periode = $periode AND e.resmi
ORDER BY c.nomor_dokumen NULLS LAST, e.kode_indikator;
