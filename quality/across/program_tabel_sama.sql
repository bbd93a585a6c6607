-- Two tables of one unit and period that print the same amounts at the same level under other names: the smaller one
-- stands whole in the other, and the names differ only because one of each pair has no code. Added up, the money
-- would count twice. What both tables call alike was settled as one fact when the rows were cleaned.
WITH baris_tabel AS (
  SELECT *, {'b': berkas_id, 'l': lembar, 't': tabel_ke} AS tempat,
         starts_with(kode, 'nama:') AS bernama,
         count(*) OVER (PARTITION BY kode_unit, periode, tingkat, berkas_id, lembar, tabel_ke) AS n,
         row_number() OVER (PARTITION BY kode_unit, periode, tingkat, berkas_id, lembar, tabel_ke, pagu, realisasi
                            ORDER BY baris, kode) AS ke
  FROM clean_realisasi_program
  WHERE kode <> 'TOTAL' AND (coalesce(pagu, 0) <> 0 OR coalesce(realisasi, 0) <> 0)
), pasangan AS (
  SELECT kedua.*, pertama.tempat AS tempat_pertama, pertama.n AS n_pertama, pertama.bernama AS bernama_pertama,
         pertama.uraian AS uraian_pertama,
         sel(pertama.berkas_id, pertama.lembar, pertama.tabel_ke, pertama.baris, 'uraian') AS sel_pertama
  FROM baris_tabel AS kedua
  JOIN baris_tabel AS pertama
    ON pertama.kode_unit = kedua.kode_unit AND pertama.periode = kedua.periode AND pertama.tingkat = kedua.tingkat
   AND pertama.pagu IS NOT DISTINCT FROM kedua.pagu AND pertama.realisasi IS NOT DISTINCT FROM kedua.realisasi
   AND pertama.ke = kedua.ke AND pertama.tempat <> kedua.tempat AND pertama.kode <> kedua.kode
  WHERE pertama.bernama OR kedua.bernama
), sama AS (
  SELECT kode_unit, periode, tingkat, tempat, tempat_pertama, count(*) AS banyak,
         arg_min(baris, baris) AS baris, max(baris) AS sampai_baris, arg_min(uraian, baris) AS uraian,
         arg_min(uraian_pertama, baris) AS uraian_pertama,
         CAST(sum(realisasi) AS DECIMAL(28, 2)) AS tertulis, list(sel_pertama ORDER BY baris) AS terkait,
         flatten(list(di_atasnya(kode, kode_induk))) AS kode_tersentuh,
         count_if(bernama) AS n_bernama, count_if(bernama_pertama) AS n_bernama_pertama
  FROM pasangan
  GROUP BY kode_unit, periode, tingkat, tempat, tempat_pertama
  -- One row alone is proof only where its budget and its realisation are two different amounts.
  HAVING count(*) = least(any_value(n), any_value(n_pertama))
     AND (count(*) > 1 OR bool_or(pagu <> realisasi AND realisasi <> 0))
), tersentuh AS (
  -- The office's total comes from the LRA where there is one, and is then no sum of these rows.
  SELECT s.*, list_distinct(CASE WHEN r.kode IS NULL THEN list_append(kode_tersentuh, 'TOTAL')
                                 ELSE kode_tersentuh END) AS kode_ditahan
  FROM sama AS s
  LEFT JOIN clean_realisasi_rekening AS r
    ON r.kode_unit = s.kode_unit AND r.periode = s.periode AND r.kode = '5' AND r.realisasi IS NOT NULL
)
SELECT kode_unit, periode, tempat.b AS berkas_id, tempat.l AS lembar, tempat.t AS tabel_ke, baris, sampai_baris,
       'uraian' AS field, tertulis, banyak AS jumlah, uraian, uraian_pertama, terkait,
       list_concat(list_transform(kode_ditahan, lambda k: angka_program(kode_unit, periode, k, 'pagu')),
                   list_transform(kode_ditahan, lambda k: angka_program(kode_unit, periode, k, 'realisasi'))) AS figures
FROM tersentuh
-- Of the two tables the one with more rows known by name only is told; of equals the later by address.
WHERE n_bernama > n_bernama_pertama OR (n_bernama = n_bernama_pertama AND tempat > tempat_pertama)
