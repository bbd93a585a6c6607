-- The programmes and the accounts are the same money: the topmost programme rows add up to LRA code 5.
-- The agency's total is taken from the LRA and no programme can be named as the wrong one: told, not withheld.
WITH program AS (
  UNPIVOT (SELECT kode_unit, periode, kode, kode_induk, tingkat, berkas_id, lembar, tabel_ke, baris, pagu, realisasi
           FROM clean_realisasi_program WHERE kode <> 'TOTAL')
  ON pagu, realisasi INTO NAME ukuran VALUE nilai
), di_bawah AS (
  -- Rows that stand under another printed row.
  SELECT DISTINCT a.kode_unit, a.periode, a.ukuran, a.kode
  FROM (SELECT kode_unit, periode, ukuran, kode, unnest(list_append(silsilah(kode), kode_induk)) AS atas
        FROM program) a
  JOIN program i ON i.kode_unit = a.kode_unit AND i.periode = a.periode AND i.ukuran = a.ukuran
                AND i.kode = a.atas AND i.kode <> a.kode
), puncak AS (
  SELECT p.* FROM program p
  ANTI JOIN di_bawah d ON d.kode_unit = p.kode_unit AND d.periode = p.periode AND d.ukuran = p.ukuran
                      AND d.kode = p.kode
), jumlah AS (
  SELECT kode_unit, periode, ukuran, CAST(sum(nilai) AS DECIMAL(28, 2)) AS nilai, count(*) AS banyak,
         bool_and(bulat(nilai)) AS utuh,
         arg_min(sel(berkas_id, lembar, tabel_ke, baris, ukuran), (berkas_id, lembar, tabel_ke, baris)) AS awal,
         list(sel(berkas_id, lembar, tabel_ke, baris, ukuran) ORDER BY berkas_id, lembar, tabel_ke, baris) AS semua
  FROM puncak GROUP BY ALL
), lra AS (
  SELECT * EXCLUDE (kode), bool_and(bulat(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat, ukuran) AS utuh,
         kode
  FROM (UNPIVOT (SELECT kode_unit, periode, kode, tingkat, berkas_id, lembar, tabel_ke, baris, pagu, realisasi
                 FROM clean_realisasi_rekening)
        ON pagu, realisasi INTO NAME ukuran VALUE nilai)
  QUALIFY kode = '5'
)
SELECT j.kode_unit, j.periode, j.awal.berkas_id AS berkas_id, j.awal.lembar AS lembar,
       j.awal.tabel_ke AS tabel_ke, j.awal.baris AS baris, j.ukuran AS field,
       list_max(list_transform(
         list_filter(j.semua, lambda s: s.berkas_id = j.awal.berkas_id AND s.lembar = j.awal.lembar
                                        AND s.tabel_ke = j.awal.tabel_ke), lambda s: s.baris)) AS sampai_baris,
       j.nilai AS tertulis, CAST(l.nilai AS DECIMAL(28, 2)) AS seharusnya, j.nilai - l.nilai AS selisih,
       j.banyak AS banyak, j.ukuran AS kolom,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, l.ukuran)] AS terkait,
       [angka_program(j.kode_unit, j.periode, 'TOTAL', j.ukuran)] AS figures,
       true AS hanya_angka
FROM jumlah j
JOIN lra l ON l.kode_unit = j.kode_unit AND l.periode = j.periode AND l.ukuran = j.ukuran
WHERE abs(j.nilai - l.nilai) > satuan_rp(j.utuh OR l.utuh) * j.banyak
