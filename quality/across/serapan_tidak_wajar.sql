-- A year's absorption of the whole office below three quarters of its budget is explained in its report. Above the
-- budget it is withheld by realisasi_lebih_pagu_rekening.
SELECT s.kode_unit, s.periode, l.berkas_id, l.lembar, l.tabel_ke, l.baris, 'realisasi' AS field,
       l.realisasi AS tertulis, l.pagu AS pagu, teks(persen_dari(l.realisasi, l.pagu)) || '%' AS serapan,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, 'pagu')] AS terkait
FROM serapan_rekening s
JOIN clean_realisasi_rekening l ON l.kode_unit = s.kode_unit AND l.periode = s.periode AND l.kode = s.kode
WHERE s.kode = '5' AND length(s.periode) = 4 AND l.pagu > 0 AND 4 * CAST(l.realisasi AS DECIMAL(28, 2)) < 3 * CAST(l.pagu AS DECIMAL(28, 2))
