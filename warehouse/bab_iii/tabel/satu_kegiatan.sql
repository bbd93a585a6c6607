WITH pautan AS (
  SELECT kode
  FROM v1_pautan_program
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR) AND kode_indikator = $kode_indikator
)
SELECT
  s.kode_unit,
  s.periode,
  s.kode,
  k.uraian AS kegiatan,
  s.uraian AS sub_kegiatan,
  o.indikator AS keluaran,
  o.satuan AS satuan_keluaran
FROM v1_serapan_program AS s
LEFT JOIN v1_serapan_program AS k ON k.kode_unit = s.kode_unit AND k.periode = s.periode AND k.kode = s.kode_induk
LEFT JOIN v1_kinerja_program AS o ON o.kode_unit = s.kode_unit AND o.periode = s.periode AND o.kode = s.kode
WHERE
  s.kode_unit = $kode_unit
  AND s.periode = CAST($tahun AS VARCHAR)
  AND s.tingkat = 'sub_kegiatan'
  AND (s.kode IN (SELECT kode FROM pautan) OR k.kode_induk IN (SELECT kode FROM pautan))
ORDER BY k.kode, s.kode;
