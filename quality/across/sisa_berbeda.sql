-- What is printed as left of a budget is the budget less its realisation, on the same row.
SELECT * FROM sisa_salah('clean_realisasi_rekening')
UNION ALL
SELECT * FROM sisa_salah('clean_realisasi_program')
