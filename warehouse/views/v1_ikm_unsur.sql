-- Satu unsur pelayanan satu unit dalam satu periode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_ikm_unsur AS
SELECT
  kode_unit,
  periode,
  unsur,
  nama_unsur,
  n,
  nrr,
  nrr_tercetak,
  ikm_unsur,
  mutu,
  peringkat,
  status_terbit,
  alasan,
  versi_aturan,
  round(nrr, 3) AS nrr_tampil,
  round(nrr_tercetak, 3) AS nrr_tercetak_tampil,
  round(ikm_unsur, 2) AS ikm_unsur_tampil
FROM ikm_unsur;
