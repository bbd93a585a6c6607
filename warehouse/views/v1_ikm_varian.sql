-- IKM menurut satu cara dan satu bobot yang dapat dihitung.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_ikm_varian AS
SELECT
  kode_unit,
  periode,
  metode,
  bobot_aturan,
  ikm,
  mutu,
  resmi,
  status_terbit,
  alasan,
  versi_aturan,
  round(ikm, 2) AS ikm_tampil
FROM ikm_varian;
