-- Satu wilayah dalam satu lingkup perbandingan satu indikator.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_banding AS
SELECT
  kode_indikator,
  tahun,
  lingkup,
  kode_pembanding,
  nama,
  nilai,
  pembilang,
  penyebut,
  target,
  capaian_persen,
  peringkat,
  dari,
  persentil,
  metode,
  dapat_dibandingkan,
  alasan_banding,
  sumber,
  status_terbit,
  alasan,
  versi_aturan,
  round(nilai, 2) AS nilai_tampil,
  round(target, 2) AS target_tampil,
  round(capaian_persen, 2) AS capaian_persen_tampil,
  round(persentil, 2) AS persentil_tampil
FROM banding;
