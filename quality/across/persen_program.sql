-- A printed percentage is the realisation of its own row over the budget of its own row.
SELECT * FROM persen_salah('clean_realisasi_program')
