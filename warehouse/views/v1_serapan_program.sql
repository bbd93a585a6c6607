-- Pagu dan realisasi satu program, kegiatan, sub kegiatan atau total.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_serapan_program AS
SELECT
  kode_unit,
  periode,
  kode,
  kode_induk,
  kode_tercetak,
  uraian,
  tingkat,
  pagu,
  pagu_murni,
  realisasi,
  sisa,
  serapan_persen,
  realisasi_tahun_lalu,
  status_terbit,
  alasan,
  versi_aturan,
  round(serapan_persen, 2) AS serapan_persen_tampil
FROM serapan_program;
