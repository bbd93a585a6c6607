-- The budget of a programme in the realisation table is that of the DPA in force (stages as in lra_sama_dpa).
WITH dpa AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh,
         row_number() OVER (PARTITION BY kode_unit, tahun, kode ORDER BY tahap = 'perubahan' DESC) AS urut,
         bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun) AS ada_perubahan
  FROM clean_dpa WHERE pohon = 'program' AND pagu IS NOT NULL
), program AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM clean_realisasi_program WHERE pagu IS NOT NULL
), berbeda AS (
  SELECT p.*, d.pagu AS pagu_dpa, d.tahap AS tahap,
         sel(d.berkas_id, d.lembar, d.tabel_ke, d.baris, 'pagu_' || d.tahap) AS sel_dpa,
         abs(p.pagu - d.pagu) <= CASE WHEN p.utuh = d.utuh AND NOT p.utuh THEN satuan_rp(false)
                                      ELSE satuan_rp(true) END AS sama, d.urut AS urut,
         d.ada_perubahan AS ada_perubahan, lra.kode IS NOT NULL AS ada_lra
  FROM program p
  JOIN dpa d ON d.kode_unit = p.kode_unit AND d.kode = p.kode
            AND CAST(d.tahun AS VARCHAR) = left(p.periode, 4)
            AND (d.urut = 1 OR length(p.periode) > 4)
            AND (d.tahap = 'perubahan' OR NOT d.ada_perubahan OR length(p.periode) > 4)
  LEFT JOIN clean_realisasi_rekening lra
    ON lra.kode_unit = p.kode_unit AND lra.periode = p.periode AND lra.kode = '5' AND lra.pagu IS NOT NULL
), pelanggar AS (
  SELECT * FROM berbeda
  QUALIFY NOT bool_or(sama) OVER (PARTITION BY kode_unit, periode, kode)
      AND row_number() OVER (PARTITION BY kode_unit, periode, kode ORDER BY urut) = 1
)
-- Where only the first stage was received a difference may be the change: told once, at the largest code.
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'pagu' AS field, pagu AS tertulis,
       pagu_dpa AS seharusnya, pagu - pagu_dpa AS selisih, uraian, kode, tahap AS tahap, [sel_dpa] AS terkait,
       -- The total of the table goes with its parts; where there is an LRA it does not come from this table.
       list_transform(
         CASE WHEN kode = 'TOTAL' AND ada_lra THEN CAST([] AS VARCHAR[]) ELSE di_atasnya(kode, kode_induk) END,
         lambda k: angka_program(kode_unit, periode, k, 'pagu')) AS figures,
       CASE WHEN ada_perubahan THEN 1 ELSE count(*) OVER tahun END AS jumlah,
       CASE WHEN ada_perubahan THEN 'tahan' ELSE 'ingat' END AS akibat
FROM pelanggar
WINDOW tahun AS (PARTITION BY kode_unit, periode)
QUALIFY ada_perubahan
     OR row_number() OVER (PARTITION BY kode_unit, periode ORDER BY (kode <> 'TOTAL'), length(kode), kode) = 1
