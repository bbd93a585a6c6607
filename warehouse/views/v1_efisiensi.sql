-- Efisiensi satu indikator menurut satu rumus.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_efisiensi AS
SELECT
  kode_unit,
  periode,
  kode_indikator,
  rumus,
  pagu,
  realisasi,
  capaian_persen,
  serapan_persen,
  efisiensi,
  resmi,
  alokasi,
  status_terbit,
  alasan,
  versi_aturan,
  round(capaian_persen, 2) AS capaian_persen_tampil,
  round(serapan_persen, 2) AS serapan_persen_tampil,
  round(efisiensi, 2) AS efisiensi_tampil
FROM efisiensi;
