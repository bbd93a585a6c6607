-- A printed village score is the score of its printed parts: within 0,0001 for IDM, whose parts are printed to
-- four decimals; at the last printed digit for Indeks Desa.
WITH alamat AS (
  SELECT kode_desa, tahun, 'IDM' AS metode, 'nilai' AS kolom, berkas_id, lembar, tabel_ke, baris,
         CAST(0.0001 AS DECIMAL(20, 12)) AS batas
  FROM clean_idm
  UNION ALL
  SELECT kode_desa, tahun, 'INDEKS_DESA', 'skor', berkas_id, lembar, tabel_ke, baris,
         satuan_persen(max(desimal(skor)) OVER (PARTITION BY berkas_id, lembar, tabel_ke))
  FROM clean_indeks_desa
)
SELECT s.kode_unit, CAST(s.tahun AS VARCHAR) AS periode, a.berkas_id, a.lembar, a.tabel_ke, a.baris,
       a.kolom AS field, s.skor_tercetak AS tertulis,
       CAST(s.skor AS DECIMAL(24, 4)) AS seharusnya, CAST(s.skor_tercetak - s.skor AS DECIMAL(24, 4)) AS selisih,
       coalesce(s.desa, s.kode_desa) AS desa, s.metode AS metode,
       ['status_desa|kode_desa=' || s.kode_desa || ';tahun=' || s.tahun || ';metode=' || s.metode || '|skor_tercetak']
         AS figures
FROM status_desa s
JOIN alamat a ON a.kode_desa = s.kode_desa AND a.tahun = s.tahun AND a.metode = s.metode
WHERE s.skor IS NOT NULL AND s.skor_tercetak IS NOT NULL
  AND CASE s.metode WHEN 'IDM' THEN abs(s.skor_tercetak - s.skor) > a.batas
                    ELSE abs(s.skor_tercetak - s.skor) >= a.batas END
