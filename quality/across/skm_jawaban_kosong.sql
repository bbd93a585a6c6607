-- Elements that one in ten respondents and more left blank (three at least): their means rest on fewer answers. Where
-- the order of U8 and U9 is undecided the two are taken as in the sheet.
WITH panjang AS (
  SELECT kode_unit, periode, min((berkas_id, lembar, tabel_ke, baris)) AS awal, count(*) AS n,
         [count(u1), count(u2), count(u3), count(u4), count(u5), count(u6), count(u7),
          count(coalesce(u8, u8_u9_a)), count(coalesce(u9, u8_u9_b))] AS isi,
         count(*) FILTER ((CASE WHEN u1 IS NULL THEN 1 ELSE 0 END) + (CASE WHEN u2 IS NULL THEN 1 ELSE 0 END)
           + (CASE WHEN u3 IS NULL THEN 1 ELSE 0 END) + (CASE WHEN u4 IS NULL THEN 1 ELSE 0 END) + (CASE WHEN u5 IS NULL THEN 1 ELSE 0 END)
           + (CASE WHEN u6 IS NULL THEN 1 ELSE 0 END) + (CASE WHEN u7 IS NULL THEN 1 ELSE 0 END)
           + (CASE WHEN coalesce(u8, u8_u9_a) IS NULL THEN 1 ELSE 0 END)
           + (CASE WHEN coalesce(u9, u8_u9_b) IS NULL THEN 1 ELSE 0 END) >= 2) AS dikeluarkan
  FROM clean_skm_jawaban GROUP BY kode_unit, periode
), kurang AS (
  SELECT *, list_filter(range(1, 10), lambda i: n - isi[i] >= 3 AND 10 * (n - isi[i]) >= n) AS unsur FROM panjang
)
SELECT kode_unit, periode, awal[1] AS berkas_id, awal[2] AS lembar, awal[3] AS tabel_ke, 0 AS baris, 'u' || unsur[1] AS field,
       array_to_string(list_transform(unsur, lambda i: 'U' || i || ' ' || (n - isi[i])), '; ') AS tertulis,
       len(unsur) AS jumlah, CAST(n AS VARCHAR) AS n, CAST(dikeluarkan AS VARCHAR) AS dikeluarkan
FROM kurang WHERE len(unsur) > 0
