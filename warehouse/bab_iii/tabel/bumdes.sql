SELECT
  b.bumdes_id,
  b.tahun,
  coalesce(d.desa, b.kode_desa) AS desa,
  b.nama,
  b.kelas,
  CASE WHEN b.aktif THEN 'ya' ELSE 'tidak' END AS aktif
FROM v1_bumdes AS b
LEFT JOIN (
  SELECT kode_desa, any_value(desa ORDER BY tahun DESC) AS desa FROM v1_status_desa GROUP BY kode_desa
) AS d ON d.kode_desa = b.kode_desa
WHERE b.kode_unit = $kode_unit AND b.tahun = $tahun
ORDER BY b.nilai DESC NULLS LAST, b.nama;
