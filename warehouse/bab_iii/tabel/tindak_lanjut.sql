SELECT
  tahun_lhe,
  nomor,
  rekomendasi,
  rencana,
  target,
  jadwal,
  penanggung_jawab,
  coalesce(status, 'belum tertulis') AS status,
  bukti
FROM v1_tindak_lanjut
WHERE
  kode_unit = $kode_unit
  AND tahun_lhe = (SELECT max(tahun_lhe) FROM v1_tindak_lanjut WHERE kode_unit = $kode_unit AND tahun_lhe <= $tahun)
ORDER BY TRY_CAST(nomor AS INTEGER) NULLS LAST, nomor;
