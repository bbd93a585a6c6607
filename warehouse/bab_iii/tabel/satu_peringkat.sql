SELECT
  kode_indikator,
  tahun,
  lingkup,
  kode_pembanding,
  nama,
  $satuan AS satuan,
  kode_pembanding = $kode_unit AS tebal
FROM v1_banding
WHERE
  lingkup = 'kab:' || $kode_kab
  AND tahun = $tahun
  AND kode_indikator = $kode_indikator
  AND dari > 1
ORDER BY peringkat NULLS LAST, nama;
