-- The last Perjanjian Kinerja of a year budgets each programme as the year's realisation table does; a PK
-- that was never changed is compared with the first stage where that is known.
WITH pk AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM clean_pk_anggaran WHERE pagu IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY kode_unit, tahun, kode ORDER BY dokumen = 'PK-P' DESC) = 1
), pagu AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY kode_unit, periode, tingkat) AS utuh
  FROM serapan_program WHERE pagu IS NOT NULL AND length(periode) = 4
)
SELECT p.kode_unit, s.periode, p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'pagu' AS field,
       p.pagu AS tertulis, CASE WHEN p.dokumen = 'PK' THEN coalesce(s.pagu_murni, s.pagu) ELSE s.pagu END AS seharusnya,
       p.pagu - CASE WHEN p.dokumen = 'PK' THEN coalesce(s.pagu_murni, s.pagu) ELSE s.pagu END AS selisih,
       coalesce(p.uraian, p.kode) AS uraian, p.dokumen AS dokumen,
       [angka_program(s.kode_unit, s.periode, s.kode, 'pagu')] AS figures
FROM pk p
JOIN pagu s ON s.kode_unit = p.kode_unit AND s.periode = CAST(p.tahun AS VARCHAR) AND s.kode = p.kode
WHERE abs(p.pagu - CASE WHEN p.dokumen = 'PK' THEN coalesce(s.pagu_murni, s.pagu) ELSE s.pagu END)
      > satuan_rp(p.utuh OR s.utuh)
