-- Dimensions of Indeks Desa are sums of whole points.
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, dimensi AS field,
       poin AS tertulis, 'bilangan bulat' AS seharusnya, desa, replace(dimensi, '_', ' ') AS dimensi_nama
FROM (UNPIVOT (SELECT kode_unit, tahun, desa, berkas_id, lembar, tabel_ke, baris, layanan_dasar, sosial, ekonomi,
                      lingkungan, aksesibilitas, tata_kelola FROM clean_indeks_desa)
      ON layanan_dasar, sosial, ekonomi, lingkungan, aksesibilitas, tata_kelola INTO NAME dimensi VALUE poin)
WHERE NOT bulat(poin)
