-- What the rules on answers of a survey share; the tables they share: _tabel_clean_skm_jawaban.sql.
CREATE MACRO unsur_pola(pola, n) AS (pola // [100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1][n]) % 10;

-- How rare one of c among n is, in whole bits.
CREATE MACRO bit_langka(n, c) AS length(bin(n // c)) - 1;
