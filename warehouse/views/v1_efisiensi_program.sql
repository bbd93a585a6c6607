-- Capaian keluaran berbanding serapan satu program, kegiatan atau sub kegiatan.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_efisiensi_program AS
SELECT
  kode_unit,
  periode,
  kode,
  tingkat,
  uraian,
  capaian_persen,
  serapan_persen,
  rasio,
  status_terbit,
  alasan,
  versi_aturan,
  round(capaian_persen, 2) AS capaian_persen_tampil,
  round(serapan_persen, 2) AS serapan_persen_tampil,
  round(rasio, 2) AS rasio_tampil
FROM efisiensi_program;
