-- The budget of a programme in the realisation table is that of the DPA in force.
SELECT p.kode_unit, p.periode, p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'pagu' AS field, p.pagu AS tertulis,
       p.pagu_dpa AS seharusnya, p.pagu - p.pagu_dpa AS selisih, p.uraian, p.kode AS kode, p.tahap AS tahap,
       [p.sel_dpa] AS terkait,
       -- The total of the table goes with its parts; where there is an LRA it does not come from this table.
       list_transform(
         CASE WHEN p.kode = 'TOTAL' AND lra.kode IS NOT NULL THEN CAST([] AS VARCHAR[])
              ELSE di_atasnya(p.kode, p.kode_induk) END,
         lambda k: angka_program(p.kode_unit, p.periode, k, 'pagu')) AS figures, p.jumlah, p.akibat
FROM pagu_bukan_dpa('clean_realisasi_program', 'clean_dpa', 'program') p
LEFT JOIN clean_realisasi_rekening lra
  ON lra.kode_unit = p.kode_unit AND lra.periode = p.periode AND lra.kode = '5' AND lra.pagu IS NOT NULL
