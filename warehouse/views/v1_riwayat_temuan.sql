-- Satu temuan selama satu kurun catatan.
CREATE VIEW v1_riwayat_temuan AS
SELECT
  temuan_id,
  aturan,
  kode_unit,
  periode,
  pesan,
  muncul_pada,
  hilang_pada
FROM riwayat_temuan;
