-- Volume layanan satu unit dalam satu periode: populasi bagi sampel minimum survei.
-- Masukan: layanan (clean_layanan). Baris jumlah tercetak bukan layanan.
SELECT
  kode_unit, periode,
  CAST(sum(jumlah) AS BIGINT) AS volume,
  CAST(count(*) AS BIGINT) AS layanan,
  CAST(count(jumlah) AS BIGINT) AS dilaporkan
FROM layanan
WHERE kode_layanan <> 'TOTAL' AND kode_layanan NOT LIKE 'JUMLAH:%'
GROUP BY kode_unit, periode
ORDER BY kode_unit NULLS LAST, periode NULLS LAST
