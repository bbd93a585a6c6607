-- A printed share of n villages is k/n for some whole k, n being the villages of the kecamatan (with or without
-- its kelurahan).
WITH desa AS (
  SELECT left(kode_desa, 6) AS kode_unit, count(*) FILTER (substr(kode_desa, 7, 1) <> '1') AS desa, count(*) AS semua
  FROM desa_resmi GROUP BY ALL
), hitung AS (
  SELECT kode_unit, periode, kode_indikator, penyebut FROM realisasi_iku WHERE penyebut > 0 AND length(periode) = 4
), cetak AS (
  SELECT m.kode_unit, m.kode_unit AS kode_wilayah, m.periode, m.kode_indikator, m.indikator, m.berkas_id, m.lembar,
         m.tabel_ke, m.baris,
         CASE m.asal WHEN 'renstra' THEN 'realisasi@' || m.periode ELSE 'realisasi' END AS field,
         m.realisasi AS nilai, m.realisasi_teks AS kata
  FROM clean_realisasi_manual m WHERE m.pembilang IS NULL
  UNION ALL
  SELECT p.kode_unit, p.kode_pembanding, CAST(p.tahun AS VARCHAR), p.kode_indikator, p.indikator || ', ' || p.nama,
         p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'nilai', p.nilai, p.nilai_teks
  FROM clean_pembanding p
  -- Where there is an export the citation is held to it (kutipan_berbeda_dari_ekspor).
  WHERE p.pembilang IS NULL AND length(p.kode_pembanding) = 6
    AND NOT EXISTS (SELECT 1 FROM hitung h WHERE h.kode_unit = p.kode_pembanding AND h.kode_indikator = p.kode_indikator)
), diuji AS (
  SELECT c.*, k.nama AS nama_indikator, CASE k.rumus WHEN 'persen_desa' THEN 100 ELSE 1 END AS kali,
         d.desa, d.semua, h.penyebut
  FROM cetak c
  JOIN katalog k ON k.kode_indikator = c.kode_indikator AND k.rumus IN ('persen_desa', 'rasio_desa')
  LEFT JOIN desa d ON d.kode_unit = c.kode_wilayah
  LEFT JOIN hitung h ON h.kode_unit = c.kode_wilayah AND h.kode_indikator = c.kode_indikator AND h.periode = c.periode
  WHERE c.nilai BETWEEN 0 AND 100 AND coalesce(h.penyebut, d.desa) > 0
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, field, coalesce(kata, teks(nilai)) AS tertulis,
       indikator, CAST(CAST(coalesce(penyebut, desa) AS BIGINT) AS VARCHAR) AS n
FROM diuji
WHERE NOT pecahan_mungkin(nilai, coalesce(penyebut, desa), kali, satuan(desimal(nilai)))
  AND (desa IS NULL OR desa = 0 OR NOT pecahan_mungkin(nilai, desa, kali, satuan(desimal(nilai))))
  AND (semua IS NULL OR semua = 0 OR NOT pecahan_mungkin(nilai, semua, kali, satuan(desimal(nilai))))
