-- The total printed in a Perjanjian Kinerja is the sum of its programmes.
WITH daftar AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM clean_pk_anggaran WHERE pagu IS NOT NULL
), jumlah AS (
  SELECT kode_unit, tahun, dokumen, CAST(sum(pagu) AS DECIMAL(28, 2)) AS nilai, count(*) AS banyak,
         bool_or(utuh) AS utuh, list(sel(berkas_id, lembar, tabel_ke, baris, 'pagu') ORDER BY kode) AS bagian
  FROM daftar WHERE tingkat = 'program' GROUP BY ALL
)
SELECT t.kode_unit, CAST(t.tahun AS VARCHAR) AS periode, t.berkas_id, t.lembar, t.tabel_ke, t.baris,
       'pagu' AS field, t.pagu AS tertulis, j.nilai AS seharusnya, t.pagu - j.nilai AS selisih,
       t.dokumen AS dokumen, j.bagian AS terkait
FROM daftar t
JOIN jumlah j ON j.kode_unit = t.kode_unit AND j.tahun = t.tahun AND j.dokumen = t.dokumen
WHERE t.tingkat = 'total' AND abs(t.pagu - j.nilai) > satuan_rp(t.utuh OR j.utuh) * j.banyak
