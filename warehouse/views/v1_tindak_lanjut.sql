-- Satu rekomendasi LHE AKIP dan tindak lanjutnya.
CREATE VIEW v1_tindak_lanjut AS
SELECT
  kode_unit,
  tahun_lhe,
  nomor,
  komponen,
  rekomendasi,
  rencana,
  target,
  jadwal,
  penanggung_jawab,
  status,
  bukti,
  status_terbit,
  alasan,
  versi_aturan
FROM tindak_lanjut;
