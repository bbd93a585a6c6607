-- Satu indikator satu unit terhadap satu tahun rencana Renstra.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_renstra_iku AS
SELECT
  kode_unit,
  kode_indikator,
  tahun,
  target_tahun,
  tahun_akhir,
  target_akhir,
  realisasi,
  capaian_tahun_persen,
  capaian_akhir_persen,
  status_terbit,
  alasan,
  versi_aturan,
  round(target_tahun, 2) AS target_tahun_tampil,
  round(target_akhir, 2) AS target_akhir_tampil,
  round(realisasi, 2) AS realisasi_tampil,
  round(capaian_tahun_persen, 2) AS capaian_tahun_persen_tampil,
  round(capaian_akhir_persen, 2) AS capaian_akhir_persen_tampil
FROM renstra_iku;
