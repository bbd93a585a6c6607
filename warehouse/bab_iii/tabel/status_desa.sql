SELECT
  kode_desa,
  tahun,
  metode,
  desa,
  status,
  CASE metode WHEN 'INDEKS_DESA' THEN 'Indeks Desa' ELSE metode END AS nama_metode,
  CASE metode WHEN 'IDM' THEN 4 ELSE 2 END AS desimal_skor
FROM v1_status_desa
WHERE kode_unit = $kode_unit AND tahun = $tahun
ORDER BY skor DESC NULLS LAST, desa;
