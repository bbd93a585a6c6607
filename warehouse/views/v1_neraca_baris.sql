-- Neraca baris satu lembar.
CREATE VIEW v1_neraca_baris AS
SELECT
  berkas_id,
  lembar,
  dibaca,
  diterima,
  ditolak,
  tata_letak,
  tidak_dikenal
FROM neraca_baris;
