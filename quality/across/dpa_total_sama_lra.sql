-- The programmes of the DPA in force add up to account 5 of the year's LRA. Where the account tree of the DPA or
-- the realisation table says the same as the LRA, the rule that compares those speaks (lra_sama_dpa, program_sama_dpa).
WITH dpa AS (
  SELECT * FROM clean_dpa WHERE pohon = 'program' AND pagu IS NOT NULL AND tingkat IN ('program', 'total')
  QUALIFY tahap = CASE WHEN bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun)
                       THEN 'perubahan' ELSE 'murni' END
), jumlah AS (
  -- The printed total where there is one (that it is the sum is another rule's business), else the sum.
  SELECT kode_unit, tahun, tahap,
         coalesce(any_value(pagu) FILTER (tingkat = 'total'),
                  sum(pagu) FILTER (tingkat = 'program')) AS nilai,
         count(*) FILTER (tingkat = 'program') AS banyak, bool_and(bulat(pagu)) AS utuh,
         arg_min(sel(berkas_id, lembar, tabel_ke, baris, 'pagu_' || tahap),
                 (CASE tingkat WHEN 'total' THEN 0 ELSE 1 END, berkas_id, lembar, tabel_ke, baris)) AS awal
  FROM dpa GROUP BY kode_unit, tahun, tahap
), lra AS (
  SELECT kode_unit, periode, pagu AS nilai, bulat(pagu) AS utuh, sel(berkas_id, lembar, tabel_ke, baris, 'pagu') AS asal
  FROM clean_realisasi_rekening WHERE kode = '5' AND length(periode) = 4 AND pagu IS NOT NULL
), lain AS (
  SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, tahap, pagu FROM clean_dpa WHERE pohon = 'rekening' AND kode = '5'
  UNION ALL
  SELECT kode_unit, periode, NULL, pagu FROM clean_realisasi_program WHERE kode = 'TOTAL'
)
SELECT j.kode_unit, l.periode, j.awal.berkas_id AS berkas_id, j.awal.lembar AS lembar, j.awal.tabel_ke AS tabel_ke,
       j.awal.baris AS baris, j.awal.field AS field, CAST(j.nilai AS DECIMAL(28, 2)) AS tertulis,
       CAST(l.nilai AS DECIMAL(28, 2)) AS seharusnya, CAST(j.nilai - l.nilai AS DECIMAL(28, 2)) AS selisih,
       j.tahap AS tahap, j.banyak AS banyak, [l.asal] AS terkait
FROM jumlah j
JOIN lra l ON l.kode_unit = j.kode_unit AND l.periode = CAST(j.tahun AS VARCHAR)
WHERE abs(j.nilai - l.nilai) > satuan_rp(j.utuh OR l.utuh) * greatest(j.banyak, 1)
  AND NOT EXISTS (
    SELECT 1 FROM lain x
    WHERE x.kode_unit = j.kode_unit AND x.periode = l.periode
      AND ((x.tahap = j.tahap AND x.pagu = j.nilai) OR (x.tahap IS NULL AND x.pagu = l.nilai)))
