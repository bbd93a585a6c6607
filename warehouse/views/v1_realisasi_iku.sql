-- Satu indikator yang dihitung dari berkas untuk satu kecamatan dalam satu periode, ada atau tidak ada targetnya.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_realisasi_iku AS
SELECT
  kode_unit,
  periode,
  kode_indikator,
  realisasi,
  pembilang,
  penyebut,
  metode,
  peka,
  status_terbit,
  alasan,
  versi_aturan,
  round(realisasi, 2) AS realisasi_tampil
FROM realisasi_iku;
