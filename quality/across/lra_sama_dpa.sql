-- The budget of an account in the LRA is that of the DPA in force.
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'pagu' AS field, pagu AS tertulis,
       pagu_dpa AS seharusnya, pagu - pagu_dpa AS selisih, coalesce(uraian, kode) AS uraian, kode AS kode,
       tahap AS tahap, [sel_dpa] AS terkait,
       list_transform(silsilah(kode), lambda k: angka_rekening(kode_unit, periode, k, 'pagu')) AS figures, jumlah, akibat
FROM pagu_bukan_dpa('clean_realisasi_rekening', 'clean_dpa', 'rekening')
