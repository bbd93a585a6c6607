-- An achievement far beyond its target says that the target was too low, or that one of the two has another unit.
-- Told at the cell of the target in force.
WITH berlaku AS (
  SELECT * FROM clean_target WHERE target IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, periode, dokumen
                             ORDER BY berlaku_sejak DESC NULLS LAST, berkas_id, lembar, tabel_ke, baris) = 1
)
SELECT c.kode_unit, c.periode, t.berkas_id, t.lembar, t.tabel_ke, t.baris,
       CASE t.dokumen WHEN 'RENSTRA' THEN 'target@' || t.periode ELSE 'target' END AS field,
       coalesce(t.target_teks, teks(t.target)) AS tertulis, nama_indikator(c.kode_indikator, c.indikator) AS indikator,
       c.dokumen_target AS dokumen, teks(CAST(c.realisasi AS DECIMAL(20, 2))) AS realisasi,
       teks(CAST(c.capaian_persen AS DECIMAL(20, 2))) || '%' AS capaian
FROM capaian_iku c
JOIN berlaku t ON t.kode_unit = c.kode_unit AND t.kode_indikator = c.kode_indikator AND t.periode = c.periode
              AND t.dokumen = c.dokumen_target
WHERE c.capaian_persen > 150
