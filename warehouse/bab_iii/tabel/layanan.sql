SELECT
  kode_unit,
  periode,
  kode_layanan,
  layanan,
  (
    SELECT sum(jumlah) FROM v1_layanan WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
  ) AS semua
FROM v1_layanan
WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
ORDER BY jumlah DESC NULLS LAST, layanan;
