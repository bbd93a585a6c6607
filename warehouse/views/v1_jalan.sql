-- Satu jalan pipa.
CREATE VIEW v1_jalan AS
SELECT
  jalan_id,
  mulai,
  selesai,
  versi_program,
  versi_aturan,
  hasil
FROM jalan;
