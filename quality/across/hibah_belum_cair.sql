-- A list of grants that adds up to the budget of account 5.1.05 and says of no recipient what was paid, in a year
-- in which less was paid: whose grant was not? The recipients whose grant is just the difference are named.
WITH daftar AS (
  SELECT kode_unit, tahun, CAST(sum(pagu) AS DECIMAL(28, 2)) AS nilai, count(*) AS banyak, bool_and(bulat(pagu)) AS utuh,
         count(realisasi) AS terisi, min(berkas_id) AS berkas_id, list({'penerima': penerima, 'pagu': pagu}) AS semua,
         arg_min(lembar, (berkas_id, lembar, tabel_ke, baris)) AS lembar,
         arg_min(tabel_ke, (berkas_id, lembar, tabel_ke, baris)) AS tabel_ke,
         arg_min(baris, (berkas_id, lembar, tabel_ke, baris)) AS baris,
         CASE WHEN count(DISTINCT (berkas_id, lembar, tabel_ke)) = 1 THEN max(baris) END AS sampai_baris
  FROM clean_hibah GROUP BY kode_unit, tahun
  HAVING count(pagu) = count(*)
)
SELECT d.kode_unit, l.periode, d.berkas_id, d.lembar, d.tabel_ke, d.baris, d.sampai_baris, 'pagu' AS field,
       d.nilai AS tertulis, CAST(l.realisasi AS DECIMAL(28, 2)) AS seharusnya, d.nilai - l.realisasi AS selisih,
       d.banyak AS banyak,
       coalesce(nullif(beberapa(list_transform(list_filter(d.semua, lambda x: x.pagu = d.nilai - l.realisasi),
                                               lambda x: x.penerima), 3), ''), 'tidak ada') AS penerima,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, 'realisasi')] AS terkait
FROM daftar d
JOIN clean_realisasi_rekening l ON l.kode_unit = d.kode_unit AND l.periode = CAST(d.tahun AS VARCHAR) AND l.kode = '5.1.05'
WHERE d.terisi = 0 AND l.realisasi IS NOT NULL AND l.pagu IS NOT NULL
  AND abs(d.nilai - l.pagu) <= satuan_rp(d.utuh OR bulat(l.pagu)) * d.banyak
  AND d.nilai - l.realisasi > satuan_rp(d.utuh OR bulat(l.realisasi)) * d.banyak
