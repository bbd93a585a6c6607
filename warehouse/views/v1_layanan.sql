-- Satu jenis layanan satu unit dalam satu periode.
CREATE VIEW v1_layanan AS
SELECT
  kode_unit,
  periode,
  kode_layanan,
  layanan,
  jumlah,
  status_terbit,
  alasan,
  versi_aturan
FROM layanan;
