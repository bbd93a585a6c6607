-- Angka sebagaimana terbit pada akhir satu hari (UTC): SELECT * FROM v1_angka_pada('2026-03-31').
-- Berlaku juga bagi angka yang kemudian diralat; nilai NULL = saat itu tidak terbit.
CREATE MACRO v1_angka_pada(hari) AS TABLE
SELECT *
FROM v1_riwayat_angka
WHERE tercatat_pada < CAST(hari AS DATE) + INTERVAL 1 DAY
  AND (digantikan_pada IS NULL OR digantikan_pada >= CAST(hari AS DATE) + INTERVAL 1 DAY);
