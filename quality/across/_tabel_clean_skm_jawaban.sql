-- What several rules on answers of a survey ask for, made once: the sheets by number, each respondent as two numbers
-- (sheet, answers), and what was copied. A million rows are then grouped and compared without texts.

-- Every sheet of answers with its rows and the first of them, in the order of file, sheet and table.
CREATE TEMP TABLE lembar_skm AS
SELECT *, row_number() OVER (ORDER BY berkas_id, lembar, tabel_ke, kode_unit, periode) AS lembar_ke
FROM (SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, count(*) AS n, min(baris) AS baris
      FROM clean_skm_jawaban GROUP BY ALL);

-- A respondent's nine answers are one number (pola); 0 stands for a blank. While the order of U8 and U9 is undecided
-- they stand as in the sheet.
CREATE TEMP TABLE pola_skm AS
SELECT l.lembar_ke, p.baris, p.ciri, p.jam_tercatat,
       coalesce(u1, 0) * 100000000 + coalesce(u2, 0) * 10000000 + coalesce(u3, 0) * 1000000 + coalesce(u4, 0) * 100000
       + coalesce(u5, 0) * 10000 + coalesce(u6, 0) * 1000 + coalesce(u7, 0) * 100
       + coalesce(u8, u8_u9_a, 0) * 10 + coalesce(u9, u8_u9_b, 0) AS pola
FROM clean_skm_jawaban p
JOIN lembar_skm l ON l.kode_unit = p.kode_unit AND l.periode = p.periode AND l.berkas_id = p.berkas_id
                 AND l.lembar = p.lembar AND l.tabel_ke = p.tabel_ke;

-- Runs of ten or more rows whose answers stand in the same order elsewhere, in another table or further up, and that
-- chance does not explain: a row counts the bits by which its pattern is rare, and none where it repeats the row above
-- (sorted sheets). Each window that comes again is paired with its last occurrence, so that the work grows with the
-- rows; rows are weighed only in sheets that have such a run.
CREATE TEMP TABLE salinan_skm AS
WITH baris AS MATERIALIZED (
  SELECT lembar_ke, baris, pola, row_number() OVER (ORDER BY lembar_ke, baris) AS ke FROM pola_skm
), jendela AS MATERIALIZED (
  SELECT ke, lembar_ke,
         hash(pola, lag(pola, 1) OVER satu, lag(pola, 2) OVER satu, lag(pola, 3) OVER satu, lag(pola, 4) OVER satu,
              lag(pola, 5) OVER satu, lag(pola, 6) OVER satu, lag(pola, 7) OVER satu, lag(pola, 8) OVER satu,
              lag(pola, 9) OVER satu) AS isi, lag(ke, 9) OVER satu AS awal
  FROM baris
  WINDOW satu AS (PARTITION BY lembar_ke ORDER BY ke)
), berulang AS (
  SELECT isi FROM jendela WHERE awal IS NOT NULL GROUP BY isi HAVING count(*) > 1
), pasangan AS (
  SELECT ke, lembar_ke, lag(ke) OVER sama AS ke_lama, lag(lembar_ke) OVER sama AS lembar_lama
  FROM jendela SEMI JOIN berulang USING (isi) WHERE awal IS NOT NULL
  WINDOW sama AS (PARTITION BY isi ORDER BY ke)
), pulau AS (
  SELECT *, ke - row_number() OVER (PARTITION BY lembar_ke, lembar_lama, ke - ke_lama ORDER BY ke) AS nomor
  FROM pasangan WHERE ke_lama IS NOT NULL
), blok AS MATERIALIZED (
  SELECT lembar_ke, lembar_lama, ke - ke_lama AS jarak, min(ke) - 9 AS dari, max(ke) AS sampai, count(*) + 9 AS banyak
  FROM pulau GROUP BY lembar_ke, lembar_lama, ke - ke_lama, nomor
), ditimbang AS MATERIALIZED (
  SELECT b.* FROM baris b SEMI JOIN blok USING (lembar_ke)
), langka AS (
  SELECT b.lembar_ke, b.pola, bit_langka(any_value(l.n), count(*)) AS bit
  FROM ditimbang b JOIN lembar_skm l ON l.lembar_ke = b.lembar_ke
  GROUP BY b.lembar_ke, b.pola
), berbobot AS (
  SELECT b.ke, b.lembar_ke,
         CASE WHEN b.pola = lag(b.pola) OVER (PARTITION BY b.lembar_ke ORDER BY b.ke) THEN 0 ELSE l.bit END AS bit
  FROM ditimbang b JOIN langka l ON l.lembar_ke = b.lembar_ke AND l.pola = b.pola
), sampai_sini AS MATERIALIZED (
  SELECT ke, bit, sum(bit) OVER (PARTITION BY lembar_ke ORDER BY ke) AS bits FROM berbobot
)
SELECT k.* EXCLUDE (jarak), u.kode_unit, u.periode, u.berkas_id, u.lembar, u.tabel_ke, a.baris AS baris, z.baris AS sampai_baris,
       v.kode_unit AS unit_lama, v.periode AS periode_lama, v.berkas_id AS berkas_lama, v.lembar AS nama_lembar_lama,
       v.tabel_ke AS tabel_lama, o.baris AS baris_lama, u.n AS n, v.n AS n_lama
FROM blok k
JOIN lembar_skm u ON u.lembar_ke = k.lembar_ke
JOIN lembar_skm v ON v.lembar_ke = k.lembar_lama
JOIN baris a ON a.ke = k.dari
JOIN baris z ON z.ke = k.sampai
JOIN baris o ON o.ke = k.dari - k.jarak
JOIN sampai_sini ba ON ba.ke = k.dari
JOIN sampai_sini bz ON bz.ke = k.sampai
WHERE bz.bits - ba.bits + ba.bit >= 20 + 2 * bit_langka(u.n + v.n, 1);
