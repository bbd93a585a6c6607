-- Fewer than thirty respondents: a mean of so few moves with each of them. Where the service volume is known the
-- sample is judged by it (sampel_kurang); a year is judged by its parts.
WITH jumlah AS (
  SELECT kode_unit, periode, min((berkas_id, lembar, tabel_ke, baris)) AS awal, CAST(sum(n) AS BIGINT) AS n, 'u1' AS kolom
  FROM lembar_skm GROUP BY kode_unit, periode
  UNION ALL
  SELECT s.kode_unit, s.periode, (s.berkas_id, s.lembar, s.tabel_ke, s.baris), CAST(s.nilai AS BIGINT), 'nilai@' || s.periode
  FROM clean_skm_ringkasan s
  ANTI JOIN lembar_skm j ON j.kode_unit = s.kode_unit AND j.periode = s.periode
  WHERE s.ukuran = 'N' AND s.nilai > 0
)
SELECT j.kode_unit, j.periode, j.awal[1] AS berkas_id, j.awal[2] AS lembar, j.awal[3] AS tabel_ke, j.awal[4] AS baris,
       j.kolom AS field, CAST(j.n AS VARCHAR) AS tertulis, 'sekurangnya 30' AS seharusnya
FROM jumlah j
JOIN ikm i ON i.kode_unit = j.kode_unit AND i.periode = j.periode
WHERE j.n < 30 AND i.ikm IS NOT NULL AND i.n_minimum IS NULL
