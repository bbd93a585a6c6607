-- Respondents are at least 17. One finding for each sheet.
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, min(baris) AS baris, 'usia' AS field, count(*) AS jumlah,
       CAST(min(usia) AS VARCHAR) AS tertulis, 'sekurangnya 17' AS seharusnya
FROM clean_skm_jawaban WHERE usia < 17
GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke
