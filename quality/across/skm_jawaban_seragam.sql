-- Straight-lining: more than half of the respondents give one answer throughout, and more than the elements' own
-- answers would give by chance (three standard deviations; shares in millionths, so that all stays whole numbers).
WITH pola AS (
  SELECT kode_unit, periode, pola, count(*) AS c, min((berkas_id, lembar, tabel_ke, baris)) AS awal
  FROM pola_skm('clean_skm_jawaban') GROUP BY kode_unit, periode, pola
), ukuran AS (
  SELECT kode_unit, periode, CAST(sum(c) AS BIGINT) AS n, min(awal) AS awal,
         CAST(coalesce(sum(c) FILTER (pola % 111111111 = 0 AND pola > 0), 0) AS BIGINT) AS seragam
  FROM pola GROUP BY kode_unit, periode HAVING sum(c) BETWEEN 30 AND 100000000
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
SELECT u.kode_unit, u.periode, u.awal[1] AS berkas_id, u.awal[2] AS lembar, u.awal[3] AS tabel_ke, u.awal[4] AS baris, 'u1' AS field,
       u.seragam AS jumlah, teks(persen_dari(u.seragam, u.n)) || '%' AS tertulis, CAST(u.n AS VARCHAR) AS n,
       teks(persen_dari(k.juta, 1000000)) || '%' AS wajar
FROM ukuran u
JOIN kebetulan k ON k.kode_unit = u.kode_unit AND k.periode = u.periode
WHERE 2 * u.seragam > u.n AND CAST(u.seragam AS HUGEINT) * 1000000 > u.n * k.juta
  AND (CAST(u.seragam AS HUGEINT) * 1000000 - u.n * k.juta) * (CAST(u.seragam AS HUGEINT) * 1000000 - u.n * k.juta)
      > 9 * CAST(u.n AS HUGEINT) * k.juta * (1000000 - k.juta)
