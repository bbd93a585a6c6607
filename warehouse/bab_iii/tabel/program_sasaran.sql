-- Program per indikator menurut pautannya; indikator tanpa pautan disebut dengan semua program.
WITH iku AS (
  SELECT kode_unit, periode, kode_indikator, indikator, satuan, nomor_dokumen
  FROM v1_capaian_iku
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
),
pautan AS (
  SELECT kode_indikator, kode
  FROM v1_pautan_program
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
)
SELECT
  i.kode_unit,
  i.periode,
  i.kode_indikator,
  i.indikator,
  i.satuan,
  s.kode,
  s.uraian
FROM iku AS i
INNER JOIN v1_serapan_program AS s ON s.kode_unit = i.kode_unit AND s.periode = i.periode
WHERE
  CASE
    WHEN EXISTS (SELECT 1 FROM pautan AS p WHERE p.kode_indikator = i.kode_indikator)
      THEN EXISTS (SELECT 1 FROM pautan AS p WHERE p.kode_indikator = i.kode_indikator AND p.kode = s.kode)
    ELSE s.tingkat = 'program'
  END
ORDER BY i.nomor_dokumen NULLS LAST, i.kode_indikator, s.kode;
