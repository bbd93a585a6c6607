-- Kecamatan yang dikutip kantor, dengan capaian dihitung menurut arah indikator (realisasi terhadap target).
WITH lama AS (
  SELECT unnest(string_split(menggantikan, ',')) AS kode FROM katalog_indikator WHERE kode_indikator = $kode_indikator
),
kutipan AS (
  SELECT *
  FROM v1_banding
  WHERE
    lingkup = 'kutipan:' || $kode_unit
    AND tahun = $tahun
    AND (kode_indikator = $kode_indikator OR kode_indikator IN (SELECT kode FROM lama))
)
SELECT
  b.kode_indikator,
  b.tahun,
  b.lingkup,
  b.kode_pembanding,
  b.nama,
  coalesce(k.nama, b.kode_indikator) AS indikator_banding,
  $satuan AS satuan,
  b.kode_pembanding = $kode_unit AS tebal
FROM kutipan AS b
LEFT JOIN katalog_indikator AS k ON k.kode_indikator = b.kode_indikator
ORDER BY b.capaian_persen DESC NULLS LAST, b.nilai DESC NULLS LAST, b.nama;
