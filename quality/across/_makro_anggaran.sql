-- What the rules on budgets and realisation share: tables in, offenders out (names of tables, so that each rule names its own).

-- Printed percentages that are not realisation over budget of their own row, with what they are instead where that
-- can be told: the mean of the percentages below, or the ratio turned round.
CREATE MACRO persen_salah(nama) AS TABLE
WITH baris AS (
  SELECT *, max(desimal(persen_tercetak)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d,
         coalesce(kode_induk, regexp_replace(kode, '\.[^.]+$', '')) AS atas
  FROM (SELECT CAST(NULL AS VARCHAR) AS kode_induk WHERE false UNION ALL BY NAME SELECT * FROM query_table(nama))
  WHERE persen_tercetak IS NOT NULL AND pagu IS NOT NULL AND realisasi IS NOT NULL
), rata AS (
  SELECT kode_unit, periode, atas, count(*) AS n, CAST(sum(persen_tercetak) AS DECIMAL(30, 12)) AS jumlah
  FROM baris WHERE kode <> atas GROUP BY ALL HAVING count(*) >= 2
), salah AS (
  SELECT b.*, r.n,
         -- A mean of n printed percentages: |n p - sum| within the last digit of each.
         r.n IS NOT NULL AND abs(CAST(b.persen_tercetak AS DECIMAL(20, 4)) * r.n - r.jumlah) < satuan_persen(b.d) * r.n AS rerata,
         b.realisasi <> 0 AND b.realisasi <> b.pagu AND persen_cocok(b.persen_tercetak, b.pagu, b.realisasi, satuan_persen(b.d)) AS balik
  FROM baris b
  LEFT JOIN rata r ON r.kode_unit = b.kode_unit AND r.periode = b.periode AND r.atas = b.kode
  WHERE NOT persen_cocok(b.persen_tercetak, b.realisasi, b.pagu, satuan_persen(b.d))
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'persen_tercetak' AS field,
       persen_tercetak AS tertulis, persen_dari(realisasi, pagu) AS seharusnya,
       persen_tercetak - persen_dari(realisasi, pagu) AS selisih,
       coalesce(uraian, kode) AS uraian, pagu, realisasi,
       CASE WHEN rerata THEN 'yang tercetak rata-rata dari ' || n || ' persentase di bawahnya, bukan jumlah dibagi jumlah'
            WHEN balik THEN 'yang tercetak anggaran dibagi realisasi, terbalik'
            ELSE 'realisasi : anggaran × 100' END AS bukti,
       CASE WHEN rerata THEN 'the print is the mean of the ' || n || ' percentages below it, not a ratio of sums'
            WHEN balik THEN 'the print is budget over realisation, turned round'
            ELSE 'realisation : budget × 100' END AS bukti_en,
       [sel(berkas_id, lembar, tabel_ke, baris, 'realisasi'), sel(berkas_id, lembar, tabel_ke, baris, 'pagu')]
         AS terkait
FROM salah;

-- Budgets of a realisation table that no stage of the DPA in force gives: the last stage for the year, either stage for
-- a quarter (the change falls somewhere within it).
CREATE MACRO pagu_bukan_dpa(nama, nama_dpa, pohon_dpa) AS TABLE
WITH dpa AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh,
         row_number() OVER (PARTITION BY kode_unit, tahun, kode ORDER BY tahap = 'perubahan' DESC) AS urut,
         bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun) AS ada_perubahan
  FROM query_table(nama_dpa) WHERE pohon = pohon_dpa AND pagu IS NOT NULL
), tercetak AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM query_table(nama) WHERE pagu IS NOT NULL
), berbeda AS (
  SELECT l.*, d.pagu AS pagu_dpa, d.tahap AS tahap,
         sel(d.berkas_id, d.lembar, d.tabel_ke, d.baris, 'pagu_' || d.tahap) AS sel_dpa,
         abs(l.pagu - d.pagu) <= CASE WHEN l.utuh = d.utuh AND NOT l.utuh THEN satuan_rp(false)
                                      ELSE satuan_rp(true) END AS sama, d.urut AS urut,
         d.ada_perubahan AS ada_perubahan
  FROM tercetak l
  JOIN dpa d ON d.kode_unit = l.kode_unit AND d.kode = l.kode
            AND CAST(d.tahun AS VARCHAR) = left(l.periode, 4)
            AND (d.urut = 1 OR length(l.periode) > 4)
            -- A code that only the first stage has was dropped by the change: nothing to compare.
            AND (d.tahap = 'perubahan' OR NOT d.ada_perubahan OR length(l.periode) > 4)
), pelanggar AS (
  SELECT * FROM berbeda
  QUALIFY NOT bool_or(sama) OVER (PARTITION BY kode_unit, periode, kode)
      AND row_number() OVER (PARTITION BY kode_unit, periode, kode ORDER BY urut) = 1
)
-- Where only the first stage was received a difference may be the change: told once, at the largest code.
SELECT *, CASE WHEN ada_perubahan THEN 1 ELSE count(*) OVER tahun END AS jumlah,
       CASE WHEN ada_perubahan THEN 'tahan' ELSE 'ingat' END AS akibat
FROM pelanggar
WINDOW tahun AS (PARTITION BY kode_unit, periode)
QUALIFY ada_perubahan
     OR row_number() OVER (PARTITION BY kode_unit, periode ORDER BY (kode <> 'TOTAL'), length(kode), kode) = 1;

-- What is printed as left of a budget and is not budget less realisation; some sheets print it with the other sign.
CREATE MACRO sisa_salah(nama) AS TABLE
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'sisa_tercetak' AS field, sisa_tercetak AS tertulis,
       CAST(pagu - realisasi AS DECIMAL(28, 2)) AS seharusnya,
       CAST(sisa_tercetak - (pagu - realisasi) AS DECIMAL(28, 2)) AS selisih, coalesce(uraian, kode) AS uraian, pagu, realisasi,
       [sel(berkas_id, lembar, tabel_ke, baris, 'pagu'), sel(berkas_id, lembar, tabel_ke, baris, 'realisasi')] AS terkait
FROM query_table(nama)
WHERE sisa_tercetak IS NOT NULL AND pagu IS NOT NULL AND realisasi IS NOT NULL
  AND abs(abs(sisa_tercetak) - abs(pagu - realisasi)) > satuan_rp(bulat(sisa_tercetak) OR bulat(pagu) OR bulat(realisasi));

-- Sheets of an office that call what is left of its budget SiLPA: in the header of a column, or on a line of its own.
CREATE MACRO silpa_kantor(nama) AS TABLE
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke,
       CASE WHEN bool_or(sisa_bernama_silpa) THEN 0 ELSE min(baris) END AS baris,
       CASE WHEN bool_or(sisa_bernama_silpa) THEN 'silpa' ELSE 'uraian' END AS field,
       CASE WHEN bool_or(sisa_bernama_silpa) THEN 'kolom SiLPA' ELSE any_value(uraian) END AS tertulis,
       'sisa anggaran' AS seharusnya, count(*) AS jumlah
FROM query_table(nama)
WHERE sisa_bernama_silpa
   -- A form's line of it that holds nothing is only the form's.
   OR (regexp_matches(nama_polos(uraian), '^(silpa|sisa lebih (pembiayaan|perhitungan) anggaran)')
       AND (coalesce(pagu, 0) <> 0 OR coalesce(realisasi, 0) <> 0))
GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke;
