SELECT
  c.sasaran,
  c.indikator,
  coalesce(k.definisi, 'definisi belum ada dalam katalog indikator') AS definisi,
  coalesce(k.metode, 'belum ditetapkan') AS metode
FROM v1_capaian_iku AS c
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = c.kode_indikator
WHERE c.kode_unit = $kode_unit AND c.periode = CAST($tahun AS VARCHAR) AND c.kode_indikator = $kode_indikator;
