-- Satu kecamatan terhadap satu pembandingnya dalam satu lingkup: selisih nilai, dan mengapa tidak boleh.
-- Lingkup nasional dan kutipan dipasangkan dengan angka kecamatan itu sendiri pada kab:<kode>.
-- Selisih kosong bila salah satunya kosong, tidak dapat dibandingkan, atau metodenya berbeda.
CREATE VIEW v1_banding_unit AS
WITH unit AS (
  SELECT kode_pembanding AS kode_unit, nama, kode_indikator, tahun, nilai, metode
  FROM banding
  WHERE lingkup LIKE 'kab:%' AND length(kode_pembanding) = 6
),
unit_lingkup AS (
  SELECT unit.*, 'kab:' || substr(kode_unit, 1, 4) AS lingkup FROM unit
  UNION ALL
  SELECT unit.*, 'prov:' || substr(kode_unit, 1, 2) AS lingkup FROM unit
  UNION ALL
  SELECT unit.*, 'kutipan:' || kode_unit AS lingkup FROM unit
  UNION ALL
  SELECT unit.*, 'nasional' AS lingkup FROM unit
),
pasangan AS (
  SELECT
    u.kode_unit,
    u.nama,
    u.kode_indikator,
    u.tahun,
    u.lingkup,
    u.nilai,
    sendiri.peringkat,
    sendiri.dari,
    sendiri.persentil,
    p.kode_pembanding,
    p.nama AS nama_pembanding,
    p.nilai AS nilai_pembanding,
    p.target AS target_pembanding,
    p.capaian_persen AS capaian_pembanding_persen,
    p.peringkat AS peringkat_pembanding,
    u.metode,
    p.metode AS metode_pembanding,
    CASE
      WHEN u.nilai IS NULL THEN 'nilai kecamatan ini tidak ada'
      WHEN NOT coalesce(sendiri.dapat_dibandingkan, TRUE) THEN sendiri.alasan_banding
      WHEN p.nilai IS NULL OR NOT coalesce(p.dapat_dibandingkan, FALSE)
        THEN coalesce(p.alasan_banding, p.alasan, 'nilai pembanding tidak ada')
      WHEN u.metode IS DISTINCT FROM p.metode THEN 'metode berbeda'
    END AS alasan_banding,
    p.sumber
  FROM unit_lingkup AS u
  INNER JOIN banding AS p
    ON
      p.kode_indikator = u.kode_indikator
      AND p.tahun = u.tahun
      AND p.lingkup = u.lingkup
      AND p.kode_pembanding <> u.kode_unit
  LEFT JOIN banding AS sendiri
    ON
      sendiri.kode_indikator = u.kode_indikator
      AND sendiri.tahun = u.tahun
      AND sendiri.lingkup = u.lingkup
      AND sendiri.kode_pembanding = u.kode_unit
)
SELECT
  kode_unit,
  nama,
  kode_indikator,
  tahun,
  lingkup,
  nilai,
  peringkat,
  dari,
  persentil,
  kode_pembanding,
  nama_pembanding,
  nilai_pembanding,
  target_pembanding,
  capaian_pembanding_persen,
  peringkat_pembanding,
  metode,
  metode_pembanding,
  alasan_banding IS NULL AS dapat_dibandingkan,
  alasan_banding,
  CASE WHEN alasan_banding IS NULL THEN nilai - nilai_pembanding END AS selisih,
  CASE WHEN alasan_banding IS NULL THEN round(nilai - nilai_pembanding, 2) END AS selisih_tampil,
  sumber
FROM pasangan;
