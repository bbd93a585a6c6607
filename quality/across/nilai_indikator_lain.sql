-- One result stated under two definitions of which one replaced the other: a figure was carried over (Maju is not
-- Mandiri). 0 and what is whole in both are no proof.
WITH ganti AS (
  SELECT kode_indikator, nama, unnest(menggantikan) AS lama FROM katalog
), isian AS (
  SELECT *, CASE asal WHEN 'renstra' THEN 'realisasi@' || periode ELSE 'realisasi' END AS field
  FROM clean_realisasi_manual WHERE realisasi > 0 AND realisasi NOT IN (1, 100)
)
SELECT b.kode_unit, b.periode, b.berkas_id, b.lembar, b.tabel_ke, b.baris, b.field AS field,
       coalesce(b.realisasi_teks, teks(b.realisasi)) AS tertulis, g.nama AS indikator,
       nama_indikator(l.kode_indikator, l.indikator) AS indikator_lama,
       [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, l.field)] AS terkait
FROM isian b
JOIN ganti g ON g.kode_indikator = b.kode_indikator
JOIN isian l ON l.kode_unit = b.kode_unit AND l.periode = b.periode AND l.kode_indikator = g.lama AND l.realisasi = b.realisasi
QUALIFY row_number() OVER (PARTITION BY b.kode_unit, b.periode, b.kode_indikator ORDER BY b.berkas_id, b.lembar, b.baris) = 1
