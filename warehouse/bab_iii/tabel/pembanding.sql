-- Unit ini, wilayah yang dikutip atau dihitung, provinsi dan nasional; dua yang terakhir selalu disebut, ada atau tidak.
-- Sebab yang sama ditulis sekali, sebagai catatan bernomor di bawah tabel (kalimat catatan/pembanding_alasan).
WITH iku AS (
  SELECT kode_unit, periode, kode_indikator, indikator, satuan, nomor_dokumen, $tahun AS tahun
  FROM v1_capaian_iku
  WHERE kode_unit = $kode_unit AND periode = CAST($tahun AS VARCHAR)
),
wilayah AS (
  SELECT i.kode_indikator, 1 AS urut, 'kab:' || $kode_kab AS lingkup, $kode_unit AS kode_pembanding, $nama_unit AS nama
  FROM iku AS i
  UNION ALL
  SELECT b.kode_indikator, 2, b.lingkup, b.kode_pembanding, b.nama
  FROM v1_banding AS b
  INNER JOIN iku AS i ON i.kode_indikator = b.kode_indikator AND i.tahun = b.tahun
  WHERE b.lingkup = 'kutipan:' || $kode_unit AND b.kode_pembanding <> $kode_unit
  UNION ALL
  SELECT i.kode_indikator, 3, 'prov:' || $kode_prov, $kode_prov, 'Provinsi ' || $provinsi FROM iku AS i
  UNION ALL
  SELECT i.kode_indikator, 4, 'nasional', '00', 'Nasional' FROM iku AS i
),
baris AS (
  SELECT
    i.kode_unit,
    i.tahun,
    i.kode_indikator,
    i.indikator,
    i.satuan,
    i.nomor_dokumen,
    w.urut,
    w.lingkup,
    w.kode_pembanding,
    w.nama,
    b.sumber,
    CASE
      WHEN b.kode_pembanding IS NULL OR (b.nilai IS NULL AND b.status_terbit = 'terbit') THEN 'kosong'
      WHEN b.nilai IS NULL THEN 'ditahan'
      WHEN NOT b.dapat_dibandingkan THEN 'berbeda'
      ELSE 'tidak ada'
    END AS catatan,
    CASE catatan
      WHEN 'kosong' THEN 'belum ada angkanya'
      WHEN 'ditahan' THEN coalesce(b.alasan, 'lihat temuan')
      WHEN 'berbeda' THEN coalesce(b.alasan_banding, b.alasan, 'sebabnya tidak tertulis')
    END AS sebab
  FROM iku AS i
  INNER JOIN wilayah AS w ON w.kode_indikator = i.kode_indikator
  LEFT JOIN v1_banding AS b
    ON
      b.kode_indikator = w.kode_indikator
      AND b.tahun = i.tahun
      AND b.lingkup = w.lingkup
      AND b.kode_pembanding = w.kode_pembanding
),
berurut AS (
  SELECT *, row_number() OVER (ORDER BY nomor_dokumen NULLS LAST, kode_indikator, urut, nama) AS baris_ke FROM baris
),
pertama AS (
  SELECT catatan AS jenis, sebab AS karena, row_number() OVER (ORDER BY min(baris_ke)) AS nomor
  FROM berurut
  WHERE sebab IS NOT NULL
  GROUP BY catatan, sebab
)
SELECT b.*, p.nomor, coalesce('catatan ' || p.nomor, b.sumber, '') AS keterangan
FROM berurut AS b
LEFT JOIN pertama AS p ON p.jenis = b.catatan AND p.karena = b.sebab
ORDER BY b.baris_ke;
