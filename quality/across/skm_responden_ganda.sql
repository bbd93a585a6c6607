-- One respondent twice: the same day and hour, the same particulars, the same nine answers. Where no hour was noted
-- two people may agree by chance: then it takes three, and one in fifty.
WITH kembar AS (
  SELECT lembar_ke, count(*) - 1 AS lebih, bool_or(jam_tercatat) AS berjam, min(baris) AS baris_pertama, max(baris) AS baris
  FROM pola_skm WHERE ciri IS NOT NULL
  GROUP BY lembar_ke, ciri, pola HAVING count(*) > 1
), lembar_kembar AS (
  SELECT lembar_ke, CAST(sum(lebih) AS BIGINT) AS jumlah, bool_or(berjam) AS berjam, min(baris) AS baris,
         arg_min(baris_pertama, baris) AS baris_asal
  FROM kembar GROUP BY lembar_ke
)
SELECT l.kode_unit, l.periode, l.berkas_id, l.lembar, l.tabel_ke, k.baris, 'u1' AS field, k.jumlah AS jumlah,
       CAST(l.n AS VARCHAR) AS n, CASE WHEN berjam THEN 'tanggal, jam' ELSE 'tanggal' END AS dasar,
       CASE WHEN berjam THEN 'day, hour' ELSE 'day' END AS dasar_en,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, k.baris_asal, 'u1')] AS terkait
FROM lembar_kembar k
JOIN lembar_skm l ON l.lembar_ke = k.lembar_ke
WHERE k.berjam OR (k.jumlah >= 3 AND 50 * k.jumlah >= l.n)
