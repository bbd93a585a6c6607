-- Straight-lining: more than half of the respondents give one answer throughout, and more than the elements' own
-- answers would give by chance (three standard deviations; shares in millionths, so that all stays whole numbers).
WITH pola AS (
  SELECT l.kode_unit, l.periode, p.pola, CAST(sum(p.c) AS BIGINT) AS c, min((p.lembar_ke, p.baris)) AS awal
  FROM (SELECT lembar_ke, pola, count(*) AS c, min(baris) AS baris FROM pola_skm GROUP BY lembar_ke, pola) p
  JOIN lembar_skm l ON l.lembar_ke = p.lembar_ke
  GROUP BY l.kode_unit, l.periode, p.pola
), ukuran AS (
  SELECT kode_unit, periode, CAST(sum(c) AS BIGINT) AS n, min(awal) AS awal,
         CAST(coalesce(sum(c) FILTER (pola % 111111111 = 0 AND pola > 0), 0) AS BIGINT) AS seragam
  FROM pola GROUP BY kode_unit, periode
  HAVING sum(c) BETWEEN 30 AND 100000000
     AND 2 * coalesce(sum(c) FILTER (pola % 111111111 = 0 AND pola > 0), 0) > sum(c)
), bagian AS (
  SELECT p.kode_unit, p.periode, v.nilai, u.unsur,
         CAST(sum(p.c) FILTER (unsur_pola(p.pola, u.unsur) = v.nilai) AS HUGEINT) * 1000000 // any_value(k.n) AS juta
  FROM pola p
  JOIN ukuran k ON k.kode_unit = p.kode_unit AND k.periode = p.periode
  CROSS JOIN (VALUES (1), (2), (3), (4)) v(nilai)
  CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) u(unsur)
  GROUP BY ALL
), kebetulan AS (
  SELECT kode_unit, periode, CAST(sum(juta) AS HUGEINT) AS juta
  FROM (SELECT kode_unit, periode, nilai,
               list_reduce(list(coalesce(juta, CAST(0 AS HUGEINT))), lambda a, b: a * b // CAST(1000000 AS HUGEINT)) AS juta
        FROM bagian GROUP BY kode_unit, periode, nilai)
  GROUP BY kode_unit, periode
)
SELECT u.kode_unit, u.periode, l.berkas_id, l.lembar, l.tabel_ke, u.awal[2] AS baris, 'u1' AS field,
       u.seragam AS jumlah, teks(persen_dari(u.seragam, u.n)) || '%' AS tertulis, CAST(u.n AS VARCHAR) AS n,
       teks(persen_dari(k.juta, 1000000)) || '%' AS wajar
FROM ukuran u
JOIN lembar_skm l ON l.lembar_ke = u.awal[1]
JOIN kebetulan k ON k.kode_unit = u.kode_unit AND k.periode = u.periode
WHERE CAST(u.seragam AS HUGEINT) * 1000000 > u.n * k.juta
  AND (CAST(u.seragam AS HUGEINT) * 1000000 - u.n * k.juta) * (CAST(u.seragam AS HUGEINT) * 1000000 - u.n * k.juta)
      > 9 * CAST(u.n AS HUGEINT) * k.juta * (1000000 - k.juta)
