-- A printed village status is that of its score. The older names of the five statuses are the same statuses.
WITH alamat AS (
  SELECT kode_desa, tahun, 'IDM' AS metode, berkas_id, lembar, tabel_ke, baris FROM clean_idm
  UNION ALL
  SELECT kode_desa, tahun, 'INDEKS_DESA', berkas_id, lembar, tabel_ke, baris FROM clean_indeks_desa
), tercetak AS (
  SELECT *, nama_polos(status_tercetak) AS polos FROM status_desa
  WHERE status IS NOT NULL AND status_tercetak IS NOT NULL
)
SELECT s.kode_unit, CAST(s.tahun AS VARCHAR) AS periode, a.berkas_id, a.lembar, a.tabel_ke, a.baris,
       'status' AS field, s.status_tercetak AS tertulis, s.status AS seharusnya,
       coalesce(s.desa, s.kode_desa) AS desa,
       CASE s.metode WHEN 'IDM' THEN teks(CAST(s.skor AS DECIMAL(20, 4))) ELSE teks(CAST(s.skor AS DECIMAL(20, 2))) END
         AS skor,
       ['status_desa|kode_desa=' || s.kode_desa || ';tahun=' || s.tahun || ';metode=' || s.metode || '|status_tercetak']
         AS figures
FROM tercetak s
JOIN alamat a ON a.kode_desa = s.kode_desa AND a.tahun = s.tahun AND a.metode = s.metode
WHERE CASE s.polos WHEN 'sembada' THEN 'mandiri' WHEN 'pra sembada' THEN 'maju' WHEN 'madya' THEN 'berkembang'
                   WHEN 'pra madya' THEN 'tertinggal' WHEN 'pratama' THEN 'sangat tertinggal'
                   ELSE s.polos END <> nama_polos(s.status)
