-- The budget of an account in the LRA is that of the DPA in force: the last stage for the year, either stage
-- for a quarter (the change falls somewhere within it).
WITH dpa AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh,
         row_number() OVER (PARTITION BY kode_unit, tahun, kode ORDER BY tahap = 'perubahan' DESC) AS urut,
         bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun) AS ada_perubahan
  FROM clean_dpa WHERE pohon = 'rekening' AND pagu IS NOT NULL
), lra AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM clean_realisasi_rekening WHERE pagu IS NOT NULL
), berbeda AS (
  SELECT l.*, d.pagu AS pagu_dpa, d.tahap AS tahap,
         sel(d.berkas_id, d.lembar, d.tabel_ke, d.baris, 'pagu_' || d.tahap) AS sel_dpa,
         abs(l.pagu - d.pagu) <= CASE WHEN l.utuh = d.utuh AND NOT l.utuh THEN satuan_rp(false)
                                      ELSE satuan_rp(true) END AS sama, d.urut AS urut,
         d.ada_perubahan AS ada_perubahan
  FROM lra l
  JOIN dpa d ON d.kode_unit = l.kode_unit AND d.kode = l.kode
            AND CAST(d.tahun AS VARCHAR) = left(l.periode, 4)
            AND (d.urut = 1 OR length(l.periode) > 4)
            -- An account that only the first stage has was dropped by the change: nothing to compare.
            AND (d.tahap = 'perubahan' OR NOT d.ada_perubahan OR length(l.periode) > 4)
), pelanggar AS (
  SELECT * FROM berbeda
  QUALIFY NOT bool_or(sama) OVER (PARTITION BY kode_unit, periode, kode)
      AND row_number() OVER (PARTITION BY kode_unit, periode, kode ORDER BY urut) = 1
)
-- Where only the first stage was received a difference may be the change: told once, at the largest code.
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'pagu' AS field, pagu AS tertulis,
       pagu_dpa AS seharusnya, pagu - pagu_dpa AS selisih, coalesce(uraian, kode) AS uraian, kode AS kode,
       tahap AS tahap, [sel_dpa] AS terkait,
       list_transform(silsilah(kode), lambda k: angka_rekening(kode_unit, periode, k, 'pagu')) AS figures,
       CASE WHEN ada_perubahan THEN 1 ELSE count(*) OVER tahun END AS jumlah,
       CASE WHEN ada_perubahan THEN 'tahan' ELSE 'ingat' END AS akibat
FROM pelanggar
WINDOW tahun AS (PARTITION BY kode_unit, periode)
QUALIFY ada_perubahan
     OR row_number() OVER (PARTITION BY kode_unit, periode ORDER BY (kode <> 'TOTAL'), length(kode), kode) = 1
