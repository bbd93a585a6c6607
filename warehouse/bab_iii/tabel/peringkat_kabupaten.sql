SELECT
  b.kode_indikator,
  b.tahun,
  b.lingkup,
  b.kode_pembanding,
  b.nama,
  i.indikator,
  i.satuan,
  b.kode_pembanding = $kode_unit AS tebal
FROM v1_banding AS b
INNER JOIN v1_capaian_iku AS i
  ON i.kode_unit = $kode_unit AND i.periode = CAST($tahun AS VARCHAR) AND i.kode_indikator = b.kode_indikator
WHERE b.lingkup = 'kab:' || $kode_kab AND b.tahun = $tahun AND b.dari > 1
ORDER BY i.nomor_dokumen NULLS LAST, b.kode_indikator, b.peringkat NULLS LAST, b.nama;
