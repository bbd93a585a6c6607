-- Satu baris atau sel yang ditolak.
CREATE VIEW v1_baris_ditolak AS
SELECT
  berkas_id,
  lembar,
  baris,
  kolom,
  aturan,
  alasan
FROM baris_ditolak;
