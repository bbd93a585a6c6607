-- SiLPA exists only for a whole regional government: an office has what is left of its budget.
SELECT * FROM silpa_kantor('clean_realisasi_rekening')
UNION ALL
SELECT * FROM silpa_kantor('clean_realisasi_program')
