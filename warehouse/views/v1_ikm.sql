-- Indeks Kepuasan Masyarakat resmi satu unit dalam satu periode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_ikm AS
SELECT
  kode_unit,
  periode,
  n_responden,
  n_minimum,
  bobot,
  bobot_aturan,
  ikm,
  mutu,
  kinerja,
  metode,
  ikm_tercetak,
  peka,
  status_terbit,
  alasan,
  versi_aturan,
  round(ikm, 2) AS ikm_tampil,
  round(ikm_tercetak, 2) AS ikm_tercetak_tampil
FROM ikm;
