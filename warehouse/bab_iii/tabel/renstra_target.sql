WITH indikator AS (
  SELECT DISTINCT kode_indikator FROM v1_renstra_iku WHERE kode_unit = $kode_unit AND tahun_akhir >= $tahun
),
nama AS (
  SELECT
    kode_indikator,
    any_value(indikator ORDER BY periode DESC) AS indikator,
    any_value(sasaran ORDER BY periode DESC) AS sasaran,
    any_value(satuan ORDER BY periode DESC) AS satuan,
    any_value(nomor_dokumen ORDER BY periode DESC) AS nomor_dokumen
  FROM v1_capaian_iku
  WHERE kode_unit = $kode_unit AND CAST(substr(periode, 1, 4) AS INTEGER) <= $tahun
  GROUP BY kode_indikator
)
SELECT
  $kode_unit AS kode_unit,
  i.kode_indikator,
  coalesce(n.indikator, k.nama, i.kode_indikator) AS indikator,
  coalesce(n.sasaran, 'Tujuan') AS sasaran,
  coalesce(n.satuan, k.satuan) AS satuan,
  (
    SELECT min(tahun) - 1 FROM v1_renstra_iku WHERE kode_unit = $kode_unit AND tahun_akhir >= $tahun
  ) AS tahun_dasar
FROM indikator AS i
LEFT JOIN nama AS n ON n.kode_indikator = i.kode_indikator
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = i.kode_indikator
ORDER BY n.indikator IS NOT NULL, n.nomor_dokumen NULLS LAST, i.kode_indikator;
