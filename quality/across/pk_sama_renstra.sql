-- The target in force (PK-P before PK) is the Renstra's target of that year. A repeating fraction may be
-- printed longer in one of them (0,33 and 0,333333); two different targets may not.
WITH pk AS (
  SELECT * FROM clean_target
  WHERE dokumen IN ('PK', 'PK-P') AND target IS NOT NULL AND length(periode) = 4
  QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, tahun
                             ORDER BY dokumen = 'PK-P' DESC, berlaku_sejak DESC NULLS LAST) = 1
), renstra AS (
  SELECT * FROM clean_target WHERE dokumen = 'RENSTRA' AND target IS NOT NULL AND length(periode) = 4
)
SELECT p.kode_unit, p.periode, p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'target' AS field,
       coalesce(p.target_teks, teks(p.target)) AS tertulis,
       coalesce(r.target_teks, teks(r.target)) AS seharusnya, p.target - r.target AS selisih,
       p.indikator AS indikator, p.dokumen AS dokumen,
       [sel(r.berkas_id, r.lembar, r.tabel_ke, r.baris, 'target@' || r.periode)] AS terkait
FROM pk p
JOIN renstra r ON r.kode_unit = p.kode_unit AND r.kode_indikator = p.kode_indikator AND r.periode = p.periode
WHERE NOT angka_setara(p.target, r.target)
