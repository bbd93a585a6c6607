-- A Perjanjian Kinerja budgets what the DPA of its stage gives: PK the first stage, PK-P the change.
WITH pk AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM clean_pk_anggaran WHERE pagu IS NOT NULL
), dpa AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh
  FROM clean_dpa WHERE pohon = 'program' AND pagu IS NOT NULL
)
SELECT p.kode_unit, CAST(p.tahun AS VARCHAR) AS periode, p.berkas_id, p.lembar, p.tabel_ke, p.baris,
       'pagu' AS field, p.pagu AS tertulis, d.pagu AS seharusnya, p.pagu - d.pagu AS selisih,
       coalesce(p.uraian, p.kode) AS uraian, p.dokumen AS dokumen, d.tahap AS tahap,
       [sel(d.berkas_id, d.lembar, d.tabel_ke, d.baris, 'pagu_' || d.tahap)] AS terkait
FROM pk p
JOIN dpa d ON d.kode_unit = p.kode_unit AND d.tahun = p.tahun AND d.kode = p.kode
          AND d.tahap = CASE p.dokumen WHEN 'PK' THEN 'murni' ELSE 'perubahan' END
WHERE abs(p.pagu - d.pagu) > satuan_rp(p.utuh OR d.utuh)
