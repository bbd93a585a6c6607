-- A target that repeats last year's although the Renstra moves on from that year to this one.
WITH pk AS (
  SELECT *, row_number() OVER (PARTITION BY kode_unit, kode_indikator, tahun
                               ORDER BY dokumen = 'PK-P' DESC, berlaku_sejak DESC NULLS LAST) AS urut
  FROM clean_target WHERE dokumen IN ('PK', 'PK-P') AND target IS NOT NULL AND length(periode) = 4
), renstra AS (
  SELECT * FROM clean_target WHERE dokumen = 'RENSTRA' AND target IS NOT NULL AND length(periode) = 4
)
SELECT p.kode_unit, p.periode, p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'target' AS field,
       coalesce(p.target_teks, teks(p.target)) AS tertulis, coalesce(r.target_teks, teks(r.target)) AS seharusnya,
       nama_indikator(p.kode_indikator, p.indikator) AS indikator, p.dokumen AS dokumen,
       CAST(p.tahun - 1 AS VARCHAR) AS tahun_lalu,
       coalesce(l.target_teks, teks(l.target)) AS target_lalu,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, 'target'),
        sel(r.berkas_id, r.lembar, r.tabel_ke, r.baris, 'target@' || r.periode)] AS terkait
FROM pk p
JOIN renstra r ON r.kode_unit = p.kode_unit AND r.kode_indikator = p.kode_indikator AND r.tahun = p.tahun
LEFT JOIN pk k ON k.kode_unit = p.kode_unit AND k.kode_indikator = p.kode_indikator AND k.tahun = p.tahun - 1 AND k.urut = 1
LEFT JOIN renstra q ON q.kode_unit = p.kode_unit AND q.kode_indikator = p.kode_indikator AND q.tahun = p.tahun - 1
-- Last year's target is its own agreement's, or the Renstra's where there is none.
JOIN clean_target l ON l.berkas_id = coalesce(k.berkas_id, q.berkas_id) AND l.lembar = coalesce(k.lembar, q.lembar)
                   AND l.tabel_ke = coalesce(k.tabel_ke, q.tabel_ke) AND l.baris = coalesce(k.baris, q.baris)
                   AND l.kode_indikator = p.kode_indikator AND l.tahun = p.tahun - 1
                   AND l.dokumen = coalesce(k.dokumen, q.dokumen) AND length(l.periode) = 4
WHERE p.urut = 1 AND p.target = l.target AND p.target <> r.target AND r.target <> coalesce(q.target, l.target)
