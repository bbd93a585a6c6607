-- One respondent twice: the same day and hour, the same particulars, the same nine answers. Where no hour was noted
-- two people may agree by chance: then it takes three, and one in fifty.
WITH kembar AS (
  SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, count(*) - 1 AS lebih, bool_or(jam_tercatat) AS berjam,
         min(baris) AS baris_pertama, max(baris) AS baris
  FROM pola_skm('clean_skm_jawaban') WHERE ciri IS NOT NULL
  GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke, ciri, pola HAVING count(*) > 1
), lembar_kembar AS (
  SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, CAST(sum(lebih) AS BIGINT) AS jumlah, bool_or(berjam) AS berjam,
         min(baris) AS baris, arg_min(sel(berkas_id, lembar, tabel_ke, baris_pertama, 'u1'), baris) AS asal
  FROM kembar GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke
), ukuran AS (
  SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, count(*) AS n FROM clean_skm_jawaban GROUP BY ALL
)
SELECT k.kode_unit, k.periode, k.berkas_id, k.lembar, k.tabel_ke, k.baris, 'u1' AS field, k.jumlah AS jumlah,
       CAST(u.n AS VARCHAR) AS n, CASE WHEN berjam THEN 'tanggal, jam' ELSE 'tanggal' END AS dasar,
       CASE WHEN berjam THEN 'day, hour' ELSE 'day' END AS dasar_en, [k.asal] AS terkait
FROM lembar_kembar k
JOIN ukuran u ON u.kode_unit = k.kode_unit AND u.periode = k.periode AND u.berkas_id = k.berkas_id
             AND u.lembar = k.lembar AND u.tabel_ke = k.tabel_ke
WHERE k.berjam OR (k.jumlah >= 3 AND 50 * k.jumlah >= u.n)
