SELECT
  tahun,
  CASE metode WHEN 'INDEKS_DESA' THEN 'Indeks Desa' ELSE metode END AS metode,
  count(*) FILTER (WHERE status = 'MANDIRI') AS mandiri,
  count(*) FILTER (WHERE status = 'MAJU') AS maju,
  count(*) FILTER (WHERE status = 'BERKEMBANG') AS berkembang,
  count(*) FILTER (WHERE status LIKE '%TERTINGGAL') AS tertinggal,
  count(*) AS semua
FROM v1_status_desa
WHERE kode_unit = $kode_unit AND tahun <= $tahun
GROUP BY tahun, v1_status_desa.metode
ORDER BY tahun, 2;
