-- Satu indikator kinerja satu unit dalam satu periode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_capaian_iku AS
SELECT
  kode_unit,
  periode,
  kode_indikator,
  sasaran,
  indikator,
  nomor_dokumen,
  satuan,
  arah,
  dokumen_target,
  target,
  target_hitung,
  target_teks,
  realisasi,
  pembilang,
  penyebut,
  capaian_persen,
  kategori,
  tercapai,
  peka,
  status_terbit,
  alasan,
  versi_aturan,
  round(target_hitung, 2) AS target_hitung_tampil,
  round(realisasi, 2) AS realisasi_tampil,
  round(capaian_persen, 2) AS capaian_persen_tampil
FROM capaian_iku;
