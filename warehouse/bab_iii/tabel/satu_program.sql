-- Program yang dipautkan ke indikator ini, atau program dari sub kegiatan yang dipautkan.
WITH pautan AS (
  SELECT kode
  FROM v1_pautan_program
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR) AND kode_indikator = $kode_indikator
),
sub AS (
  SELECT s.kode, s.tingkat, k.kode_induk AS program
  FROM v1_serapan_program AS s
  LEFT JOIN v1_serapan_program AS k ON k.kode_unit = s.kode_unit AND k.periode = s.periode AND k.kode = s.kode_induk
  WHERE s.kode_unit = $kode_unit AND s.periode = CAST($tahun AS VARCHAR) AND s.kode IN (SELECT kode FROM pautan)
)
SELECT
  s.kode_unit,
  s.periode,
  s.kode,
  s.uraian,
  k.satuan AS satuan_keluaran
FROM v1_serapan_program AS s
LEFT JOIN v1_kinerja_program AS k ON k.kode_unit = s.kode_unit AND k.periode = s.periode AND k.kode = s.kode
WHERE
  s.kode_unit = $kode_unit
  AND s.periode = CAST($tahun AS VARCHAR)
  AND s.tingkat = 'program'
  AND s.kode IN (SELECT CASE tingkat WHEN 'program' THEN kode ELSE program END FROM sub)
ORDER BY s.kode;
