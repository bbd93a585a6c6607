-- Program per indikator menurut pautan anggaran yang dipakai menghitung efisiensi; tanpa pautan: semua program.
WITH iku AS (
  SELECT kode_unit, periode, kode_indikator, indikator, satuan, nomor_dokumen
  FROM v1_capaian_iku
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
),
pautan AS (
  SELECT DISTINCT
    split_part(split_part(kunci, 'kode_indikator=', 2), ';', 1) AS kode_indikator,
    split_part(rujuk_kunci, ';kode=', 2) AS kode
  FROM v1_jejak
  WHERE
    tabel = 'efisiensi'
    AND kolom = 'pagu'
    AND rujuk_tabel = 'serapan_program'
    AND kunci LIKE 'kode_unit=' || $kode_unit || ';periode=' || CAST($tahun AS VARCHAR) || ';%'
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
CROSS JOIN v1_serapan_program AS s
WHERE
  s.kode_unit = i.kode_unit
  AND s.periode = i.periode
  AND CASE
    WHEN EXISTS (SELECT 1 FROM pautan)
      THEN EXISTS (SELECT 1 FROM pautan AS p WHERE p.kode_indikator = i.kode_indikator AND p.kode = s.kode)
    ELSE s.tingkat = 'program'
  END
ORDER BY i.nomor_dokumen NULLS LAST, i.kode_indikator, s.kode;
