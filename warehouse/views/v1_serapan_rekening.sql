-- Anggaran dan realisasi satu kode rekening.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_serapan_rekening AS
SELECT
  kode_unit,
  periode,
  kode,
  kode_tercetak,
  uraian,
  tingkat,
  pagu,
  realisasi,
  sisa,
  serapan_persen,
  realisasi_tahun_lalu,
  status_terbit,
  alasan,
  versi_aturan,
  round(serapan_persen, 2) AS serapan_persen_tampil
FROM serapan_rekening;
