SELECT
  o.kode_unit,
  o.periode,
  o.kode,
  k.uraian AS kegiatan,
  coalesce(s.uraian, o.uraian) AS sub_kegiatan,
  o.indikator AS keluaran,
  o.satuan
FROM v1_kinerja_program AS o
LEFT JOIN v1_serapan_program AS s
  ON s.kode_unit = o.kode_unit AND s.periode = o.periode AND s.kode = regexp_replace(o.kode, '/[0-9]+$', '')
LEFT JOIN v1_serapan_program AS k ON k.kode_unit = s.kode_unit AND k.periode = s.periode AND k.kode = s.kode_induk
WHERE o.kode_unit = $kode_unit AND o.periode = CAST($tahun AS VARCHAR) AND o.tingkat <> 'program'
ORDER BY k.kode_induk NULLS LAST, k.kode NULLS LAST, o.kode;
