-- Ringkasan capaian satu unit dalam satu periode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_capaian_ringkasan AS
SELECT
  kode_unit,
  periode,
  rata_capaian,
  n,
  kategori,
  rata_efisiensi_e,
  n_efisiensi_e,
  rata_efisiensi_ne,
  n_efisiensi_ne,
  rata_efisiensi_rasio,
  n_efisiensi_rasio,
  rata_capaian_program,
  n_program,
  rata_efisiensi_program,
  tidak_dihitung,
  status_terbit,
  alasan,
  versi_aturan,
  round(rata_capaian, 2) AS rata_capaian_tampil,
  round(rata_efisiensi_e, 2) AS rata_efisiensi_e_tampil,
  round(rata_efisiensi_ne, 2) AS rata_efisiensi_ne_tampil,
  round(rata_efisiensi_rasio, 2) AS rata_efisiensi_rasio_tampil,
  round(rata_capaian_program, 2) AS rata_capaian_program_tampil,
  round(rata_efisiensi_program, 2) AS rata_efisiensi_program_tampil
FROM capaian_ringkasan;
