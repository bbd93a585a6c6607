-- Indikator ini dan yang digantikannya, beberapa tahun terakhir.
WITH lama AS (
  SELECT unnest(string_split(menggantikan, ',')) AS kode FROM katalog_indikator WHERE kode_indikator = $kode_indikator
)
SELECT
  t.kode_unit,
  t.kode_indikator,
  t.tahun,
  coalesce(c.indikator, k.nama, t.kode_indikator) AS indikator,
  coalesce(c.satuan, k.satuan) AS satuan,
  coalesce(t.metode, t.asal) AS metode,
  CASE WHEN t.putus_seri THEN 'seri putus: metode atau definisi baru' END AS keterangan
FROM v1_tren_iku AS t
LEFT JOIN v1_capaian_iku AS c
  ON c.kode_unit = t.kode_unit AND c.kode_indikator = t.kode_indikator AND c.periode = CAST(t.tahun AS VARCHAR)
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = t.kode_indikator
WHERE
  t.kode_unit = $kode_unit
  AND t.tahun BETWEEN $tahun - 3 AND $tahun
  AND (t.kode_indikator = $kode_indikator OR (t.kode_indikator IN (SELECT kode FROM lama) AND t.tahun < $tahun))
ORDER BY t.tahun, t.kode_indikator;
