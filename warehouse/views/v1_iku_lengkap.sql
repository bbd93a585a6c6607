-- Satu indikator satu unit dalam satu periode dengan lima perbandingan laporan kinerja (PermenPANRB 53/2014, Lampiran):
--   1. target dan realisasi tahun ini;         2. realisasi tahun lalu (tren);
--   3. target jangka menengah (Renstra);       4. wilayah lain dan angka nasional;
--   5. efisiensi penggunaan sumber daya.
-- Perbandingan 2, 3 dan 4 hanya ada pada baris tahunan.
CREATE VIEW v1_iku_lengkap AS
WITH iku AS (
  SELECT
    *,
    CAST(substr(periode, 1, 4) AS INTEGER) AS tahun,
    CASE WHEN length(periode) = 4 THEN CAST(periode AS INTEGER) END AS tahun_penuh
  FROM capaian_iku
)
SELECT
  c.kode_unit,
  c.periode,
  c.tahun,
  c.kode_indikator,
  c.sasaran,
  c.indikator,
  c.nomor_dokumen,
  c.satuan,
  c.arah,
  c.dokumen_target,
  c.target,
  c.target_hitung,
  c.target_teks,
  c.realisasi,
  c.pembilang,
  c.penyebut,
  c.capaian_persen,
  c.kategori,
  c.tercapai,
  c.peka,
  lalu.realisasi AS realisasi_tahun_lalu,
  lalu.capaian_persen AS capaian_tahun_lalu_persen,
  tren.perubahan,
  tren.putus_seri,
  tren.metode,
  tren.asal,
  renstra.target_tahun AS target_renstra_tahun,
  renstra.capaian_tahun_persen AS capaian_renstra_tahun_persen,
  renstra.tahun_akhir AS tahun_akhir_renstra,
  renstra.target_akhir AS target_akhir_renstra,
  renstra.capaian_akhir_persen AS capaian_akhir_renstra_persen,
  kab.peringkat AS peringkat_kabupaten,
  kab.dari AS dari_kabupaten,
  kab.persentil AS persentil_kabupaten,
  kab.alasan AS catatan_kabupaten,
  prov.peringkat AS peringkat_provinsi,
  prov.dari AS dari_provinsi,
  prov.alasan AS catatan_provinsi,
  nasional.nilai AS nilai_nasional,
  CASE
    WHEN nasional.dapat_dibandingkan AND nasional.metode IS NOT DISTINCT FROM kab.metode
      THEN c.realisasi - nasional.nilai
  END AS selisih_nasional,
  efisiensi.rumus AS rumus_efisiensi,
  efisiensi.pagu,
  efisiensi.realisasi AS realisasi_anggaran,
  efisiensi.serapan_persen,
  efisiensi.efisiensi,
  efisiensi.alokasi,
  round(c.target_hitung, 2) AS target_hitung_tampil,
  round(c.realisasi, 2) AS realisasi_tampil,
  round(c.capaian_persen, 2) AS capaian_persen_tampil,
  round(renstra.capaian_akhir_persen, 2) AS capaian_akhir_renstra_persen_tampil,
  round(efisiensi.efisiensi, 2) AS efisiensi_tampil,
  c.status_terbit,
  c.alasan,
  c.versi_aturan
FROM iku AS c
LEFT JOIN tren_iku AS tren
  ON tren.kode_unit = c.kode_unit AND tren.kode_indikator = c.kode_indikator AND tren.tahun = c.tahun_penuh
LEFT JOIN tren_iku AS lalu
  ON lalu.kode_unit = c.kode_unit AND lalu.kode_indikator = c.kode_indikator AND lalu.tahun = c.tahun_penuh - 1
LEFT JOIN renstra_iku AS renstra
  ON
    renstra.kode_unit = c.kode_unit
    AND renstra.kode_indikator = c.kode_indikator
    AND renstra.tahun = c.tahun_penuh
LEFT JOIN banding AS kab
  ON
    kab.kode_indikator = c.kode_indikator
    AND kab.tahun = c.tahun_penuh
    AND kab.lingkup = 'kab:' || substr(c.kode_unit, 1, 4)
    AND kab.kode_pembanding = c.kode_unit
LEFT JOIN banding AS prov
  ON
    prov.kode_indikator = c.kode_indikator
    AND prov.tahun = c.tahun_penuh
    AND prov.lingkup = 'prov:' || substr(c.kode_unit, 1, 2)
    AND prov.kode_pembanding = c.kode_unit
LEFT JOIN banding AS nasional
  ON
    nasional.kode_indikator = c.kode_indikator
    AND nasional.tahun = c.tahun_penuh
    AND nasional.lingkup = 'nasional'
    AND nasional.kode_pembanding = '00'
LEFT JOIN efisiensi
  ON
    efisiensi.kode_unit = c.kode_unit
    AND efisiensi.periode = c.periode
    AND efisiensi.kode_indikator = c.kode_indikator
    AND efisiensi.resmi;
