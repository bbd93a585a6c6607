-- Tiap IKU tahun ini: target setahun, dan target dan realisasi s.d. triwulan yang diminta bila ada.
SELECT
  c.kode_unit,
  c.kode_indikator,
  CAST($tahun AS VARCHAR) AS periode_tahun,
  $periode AS periode_ini,
  c.sasaran,
  c.indikator,
  c.satuan,
  CASE
    WHEN q.kode_indikator IS NULL THEN 'belum ada angka triwulan ini'
    WHEN q.target IS NULL THEN 'target triwulan tidak ditetapkan'
    WHEN q.tercapai THEN 'mencapai target'
    WHEN q.tercapai = FALSE THEN 'belum mencapai target'
    ELSE coalesce(q.alasan, '')
  END AS keterangan
FROM v1_capaian_iku AS c
LEFT JOIN v1_capaian_iku AS q
  ON q.kode_unit = c.kode_unit AND q.kode_indikator = c.kode_indikator AND q.periode = $periode
WHERE c.kode_unit = $kode_unit AND c.periode = CAST($tahun AS VARCHAR)
ORDER BY c.nomor_dokumen NULLS LAST, c.kode_indikator;
