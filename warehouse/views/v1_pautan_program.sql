-- Satu program, kegiatan atau sub kegiatan yang menunjang satu indikator satu unit, dengan porsi anggarannya.
-- Ada juga bila unit memakai seluruh anggaran sebagai pembanding (v1_efisiensi.alokasi): pautannya tetap milik dokumen.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_pautan_program AS
SELECT
  kode_unit,
  periode,
  kode_indikator,
  kode,
  porsi,
  sumber,
  status_terbit,
  alasan,
  versi_aturan,
  round(porsi, 2) AS porsi_tampil
FROM pautan_program;
