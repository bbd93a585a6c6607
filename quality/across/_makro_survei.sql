-- What the rules on answers of a survey share. A respondent's nine answers are one number (pola), so that a million rows
-- are grouped and compared without texts; 0 stands for a blank. While the order of U8 and U9 is undecided they stand as
-- in the sheet.
CREATE MACRO pola_skm(nama) AS TABLE
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, ciri, jam_tercatat,
       coalesce(u1, 0) * 100000000 + coalesce(u2, 0) * 10000000 + coalesce(u3, 0) * 1000000 + coalesce(u4, 0) * 100000
       + coalesce(u5, 0) * 10000 + coalesce(u6, 0) * 1000 + coalesce(u7, 0) * 100
       + coalesce(u8, u8_u9_a, 0) * 10 + coalesce(u9, u8_u9_b, 0) AS pola
FROM query_table(nama);

CREATE MACRO unsur_pola(pola, n) AS (pola // [100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1][n]) % 10;

-- How rare one of c among n is, in whole bits.
CREATE MACRO bit_langka(n, c) AS length(bin(n // c)) - 1;

-- Runs of ten or more rows whose answers stand in the same order elsewhere, in another table or further up, and that
-- chance does not explain: a row counts the bits by which its pattern is rare, and none where it repeats the row above
-- (sorted sheets). Each window is paired with its last occurrence, so that the work grows with the rows. With fewer
-- sheets than ``paling_sedikit`` nothing is asked.
CREATE MACRO salinan_skm(nama, paling_sedikit) AS TABLE
WITH lembar AS (
  SELECT *, row_number() OVER (ORDER BY berkas_id, lembar, tabel_ke, kode_unit, periode) AS lembar_ke
  FROM (SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, count(*) AS n FROM query_table(nama) GROUP BY ALL)
), nomor AS (
  SELECT l.lembar_ke, p.baris, p.pola
  FROM pola_skm(nama) p
  JOIN lembar l ON l.kode_unit = p.kode_unit AND l.periode = p.periode AND l.berkas_id = p.berkas_id
               AND l.lembar = p.lembar AND l.tabel_ke = p.tabel_ke
  WHERE (SELECT count(*) FROM lembar) >= paling_sedikit
), baris AS (
  SELECT *, row_number() OVER (ORDER BY lembar_ke, baris) AS ke FROM nomor
), langka AS (
  SELECT b.lembar_ke, b.pola, bit_langka(any_value(l.n), count(*)) AS bit
  FROM nomor b JOIN lembar l ON l.lembar_ke = b.lembar_ke
  GROUP BY b.lembar_ke, b.pola
), berbobot AS (
  SELECT b.ke, b.lembar_ke, b.pola,
         CASE WHEN b.pola = lag(b.pola) OVER (PARTITION BY b.lembar_ke ORDER BY b.ke) THEN 0 ELSE l.bit END AS bit
  FROM baris b JOIN langka l ON l.lembar_ke = b.lembar_ke AND l.pola = b.pola
), jendela AS (
  SELECT ke, lembar_ke, bit, sum(bit) OVER (satu ROWS 9 PRECEDING) AS bit_jendela,
         hash(pola, lag(pola, 1) OVER satu, lag(pola, 2) OVER satu, lag(pola, 3) OVER satu, lag(pola, 4) OVER satu,
              lag(pola, 5) OVER satu, lag(pola, 6) OVER satu, lag(pola, 7) OVER satu, lag(pola, 8) OVER satu,
              lag(pola, 9) OVER satu) AS isi, lag(ke, 9) OVER satu AS awal
  FROM berbobot
  WINDOW satu AS (PARTITION BY lembar_ke ORDER BY ke)
), pasangan AS (
  SELECT ke, lembar_ke, bit, bit_jendela, lag(ke) OVER sama AS ke_lama, lag(lembar_ke) OVER sama AS lembar_lama
  FROM jendela WHERE awal IS NOT NULL
  WINDOW sama AS (PARTITION BY isi ORDER BY ke)
), pulau AS (
  SELECT *, ke - row_number() OVER (PARTITION BY lembar_ke, lembar_lama, ke - ke_lama ORDER BY ke) AS nomor
  FROM pasangan WHERE ke_lama IS NOT NULL
), blok AS (
  SELECT lembar_ke, lembar_lama, ke - ke_lama AS jarak, min(ke) - 9 AS dari, max(ke) AS sampai, count(*) + 9 AS banyak,
         sum(bit) + arg_min(bit_jendela - bit, ke) AS bukti
  FROM pulau GROUP BY lembar_ke, lembar_lama, ke - ke_lama, nomor
)
SELECT k.* EXCLUDE (bukti, jarak), u.kode_unit, u.periode, u.berkas_id, u.lembar, u.tabel_ke, a.baris AS baris, z.baris AS sampai_baris,
       v.kode_unit AS unit_lama, v.periode AS periode_lama, v.berkas_id AS berkas_lama, v.lembar AS nama_lembar_lama,
       v.tabel_ke AS tabel_lama, o.baris AS baris_lama, u.n AS n, v.n AS n_lama
FROM blok k
JOIN lembar u ON u.lembar_ke = k.lembar_ke
JOIN lembar v ON v.lembar_ke = k.lembar_lama
JOIN baris a ON a.ke = k.dari
JOIN baris z ON z.ke = k.sampai
JOIN baris o ON o.ke = k.dari - k.jarak
WHERE k.bukti >= 20 + 2 * (bit_langka(u.n + v.n, 1));
