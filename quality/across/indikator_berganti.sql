-- An agreement whose indicator replaces last year's of another definition (the catalogue's menggantikan): the series
-- breaks there, and the change is declared. Told once, in the first year of the new definition.
WITH pk AS (
  SELECT * FROM clean_target WHERE dokumen IN ('PK', 'PK-P')
  QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, tahun ORDER BY dokumen, berkas_id, lembar, tabel_ke, baris) = 1
), ganti AS (
  SELECT kode_indikator, nama, unnest(menggantikan) AS lama FROM katalog
)
SELECT b.kode_unit, CAST(b.tahun AS VARCHAR) AS periode, b.berkas_id, b.lembar, b.tabel_ke, b.baris, 'indikator' AS field,
       g.nama AS tertulis, nama_indikator(l.kode_indikator, l.indikator) AS seharusnya, CAST(l.tahun AS VARCHAR) AS tahun_lalu,
       b.dokumen AS dokumen, [sel(l.berkas_id, l.lembar, l.tabel_ke, l.baris, 'indikator')] AS terkait
FROM pk b
JOIN ganti g ON g.kode_indikator = b.kode_indikator
JOIN pk l ON l.kode_unit = b.kode_unit AND l.tahun = b.tahun - 1 AND l.kode_indikator = g.lama
ANTI JOIN pk s ON s.kode_unit = b.kode_unit AND s.kode_indikator = b.kode_indikator AND s.tahun < b.tahun
ANTI JOIN pk m ON m.kode_unit = b.kode_unit AND m.kode_indikator = g.lama AND m.tahun = b.tahun
