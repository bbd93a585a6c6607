-- Satu indikator satu unit dalam satu tahun.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_tren_iku AS
SELECT
  kode_unit,
  kode_indikator,
  tahun,
  target,
  realisasi,
  pembilang,
  penyebut,
  capaian_persen,
  perubahan,
  putus_seri,
  metode,
  asal,
  status_terbit,
  alasan,
  versi_aturan,
  round(target, 2) AS target_tampil,
  round(realisasi, 2) AS realisasi_tampil,
  round(capaian_persen, 2) AS capaian_persen_tampil,
  round(perubahan, 2) AS perubahan_tampil
FROM tren_iku;
