-- A village's score moves from one year to the next about as those of its kecamatan do. Beyond six robust standard
-- deviations (median absolute deviation) and a tenth of the scale it is told with the numbers. Kept within one index: IDM
-- and Indeks Desa are not comparable.
WITH gerak AS (
  SELECT s.kode_unit, s.tahun, s.metode, s.kode_desa, s.desa, s.skor, l.skor AS skor_lalu,
         CAST(s.skor - l.skor AS DECIMAL(20, 8)) AS ubah,
         CASE s.metode WHEN 'IDM' THEN CAST(0.1 AS DECIMAL(20, 8)) ELSE CAST(10 AS DECIMAL(20, 8)) END AS lantai
  FROM status_desa s
  JOIN status_desa l ON l.kode_desa = s.kode_desa AND l.metode = s.metode AND l.tahun = s.tahun - 1
  WHERE s.skor IS NOT NULL AND l.skor IS NOT NULL
), tengah AS (
  SELECT kode_unit, tahun, metode, quantile_disc(ubah, 0.5) AS median, count(*) AS banyak
  FROM gerak GROUP BY ALL HAVING count(*) >= 5
), sebar AS (
  SELECT g.kode_unit, g.tahun, g.metode, any_value(t.median) AS median, any_value(t.banyak) AS banyak,
         quantile_disc(abs(g.ubah - t.median), 0.5) AS mad
  FROM gerak g
  JOIN tengah t ON t.kode_unit = g.kode_unit AND t.tahun = g.tahun AND t.metode = g.metode
  GROUP BY ALL
), alamat AS (
  SELECT kode_desa, tahun, 'IDM' AS metode, 'nilai' AS kolom, berkas_id, lembar, tabel_ke, baris FROM clean_idm
  UNION ALL
  SELECT kode_desa, tahun, 'INDEKS_DESA', 'skor', berkas_id, lembar, tabel_ke, baris FROM clean_indeks_desa
)
SELECT g.kode_unit, CAST(g.tahun AS VARCHAR) AS periode, a.berkas_id, a.lembar, a.tabel_ke, a.baris, a.kolom AS field,
       teks(CAST(g.skor AS DECIMAL(20, 4))) AS tertulis, teks(CAST(g.ubah AS DECIMAL(20, 4))) AS selisih, g.desa AS desa,
       g.metode AS metode, CAST(g.tahun - 1 AS VARCHAR) AS tahun_lalu,
       teks(CAST(g.skor_lalu AS DECIMAL(20, 4))) AS skor_lalu,
       teks(CAST(s.median AS DECIMAL(20, 4))) AS median, teks(CAST(s.mad AS DECIMAL(20, 4))) AS mad,
       CAST(s.banyak AS VARCHAR) AS banyak
FROM gerak g
JOIN sebar s ON s.kode_unit = g.kode_unit AND s.tahun = g.tahun AND s.metode = g.metode
JOIN alamat a ON a.kode_desa = g.kode_desa AND a.tahun = g.tahun AND a.metode = g.metode
-- 6 x 1.4826 = 8.8956
WHERE abs(g.ubah - s.median) > greatest(CAST(8.8956 AS DECIMAL(6, 4)) * CAST(s.mad AS DECIMAL(18, 8)), g.lantai)
