-- A printed percentage is the realisation of its own row over the budget of its own row.
WITH baris AS (
  SELECT *, max(desimal(persen_tercetak)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d
  FROM clean_realisasi_rekening
  WHERE persen_tercetak IS NOT NULL AND pagu IS NOT NULL AND realisasi IS NOT NULL
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'persen_tercetak' AS field,
       persen_tercetak AS tertulis, persen_dari(realisasi, pagu) AS seharusnya,
       persen_tercetak - persen_dari(realisasi, pagu) AS selisih,
       coalesce(uraian, kode) AS uraian, pagu, realisasi,
       [sel(berkas_id, lembar, tabel_ke, baris, 'realisasi'), sel(berkas_id, lembar, tabel_ke, baris, 'pagu')]
         AS terkait
FROM baris
WHERE NOT persen_cocok(persen_tercetak, realisasi, pagu, satuan_persen(d))
