-- Satu desa dalam satu tahun menurut satu metode.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_status_desa AS
SELECT
  kode_desa,
  tahun,
  metode,
  kode_unit,
  desa,
  iks,
  ike,
  ikl,
  layanan_dasar,
  sosial,
  ekonomi,
  lingkungan,
  aksesibilitas,
  tata_kelola,
  skor,
  skor_tercetak,
  selisih,
  status,
  status_tercetak,
  jarak_naik,
  poin_naik,
  status_terbit,
  alasan,
  versi_aturan,
  CASE metode WHEN 'IDM' THEN round(skor, 4) ELSE round(skor, 2) END AS skor_tampil,
  CASE metode WHEN 'IDM' THEN round(skor_tercetak, 4) ELSE round(skor_tercetak, 2) END AS skor_tercetak_tampil,
  CASE metode WHEN 'IDM' THEN round(jarak_naik, 4) ELSE round(jarak_naik, 2) END AS jarak_naik_tampil
FROM status_desa;
