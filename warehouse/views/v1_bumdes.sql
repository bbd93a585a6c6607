-- Satu BUM Desa dalam satu tahun.
-- Kolom *_tampil dibulatkan untuk ditampilkan; yang dihitung lagi adalah kolom aslinya.
CREATE VIEW v1_bumdes AS
SELECT
  bumdes_id,
  tahun,
  kode_desa,
  kode_unit,
  nama,
  nilai,
  kelas,
  kelas_tercetak,
  aktif,
  status_terbit,
  alasan,
  versi_aturan,
  round(nilai, 2) AS nilai_tampil
FROM bumdes;
