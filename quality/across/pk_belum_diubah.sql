-- Where the budget changed, the last Perjanjian Kinerja budgets what the change gives. One that still has the first
-- budget's amounts was not revised.
WITH dpa AS (
  SELECT p.kode_unit, p.tahun, p.kode, m.pagu AS murni, p.pagu AS perubahan,
         bool_and(bulat(m.pagu) AND bulat(p.pagu)) OVER (PARTITION BY p.kode_unit, p.tahun) AS utuh,
         sel(p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'pagu_perubahan') AS asal
  FROM clean_dpa p
  JOIN clean_dpa m ON m.kode_unit = p.kode_unit AND m.tahun = p.tahun AND m.pohon = p.pohon AND m.kode = p.kode
                  AND m.tahap = 'murni'
  WHERE p.pohon = 'program' AND p.tahap = 'perubahan' AND p.pagu IS NOT NULL AND m.pagu IS NOT NULL
), pk AS (
  SELECT * FROM clean_pk_anggaran WHERE tingkat = 'program' AND pagu IS NOT NULL
  QUALIFY dokumen = CASE WHEN bool_or(dokumen = 'PK-P') OVER (PARTITION BY kode_unit, tahun) THEN 'PK-P' ELSE 'PK' END
), lama AS (
  SELECT k.*, d.perubahan, d.asal, (k.berkas_id, k.lembar, k.tabel_ke, k.baris) AS urut
  FROM pk k
  JOIN dpa d ON d.kode_unit = k.kode_unit AND d.tahun = k.tahun AND d.kode = k.kode
  WHERE abs(d.perubahan - d.murni) > satuan_rp(true) AND abs(k.pagu - d.murni) <= satuan_rp(true)
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, arg_min(berkas_id, urut) AS berkas_id,
       arg_min(lembar, urut) AS lembar, arg_min(tabel_ke, urut) AS tabel_ke, arg_min(baris, urut) AS baris,
       'pagu' AS field, arg_min(pagu, urut) AS tertulis, arg_min(perubahan, urut) AS seharusnya,
       arg_min(pagu - perubahan, urut) AS selisih, count(*) AS jumlah, arg_min(coalesce(uraian, kode), urut) AS uraian,
       dokumen AS dokumen, list(asal ORDER BY urut)[1:20] AS terkait
FROM lama GROUP BY kode_unit, tahun, dokumen
