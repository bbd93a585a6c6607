-- Satu keluaran program, kegiatan atau sub kegiatan dalam satu periode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_kinerja_program AS
SELECT
  kode_unit,
  periode,
  kode,
  indikator,
  tingkat,
  uraian,
  satuan,
  target,
  realisasi,
  capaian_persen,
  status_terbit,
  alasan,
  versi_aturan,
  round(capaian_persen, 2) AS capaian_persen_tampil
FROM kinerja_program;
