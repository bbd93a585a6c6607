-- Satu sebab yang ditemukan pemeriksaan.
CREATE VIEW v1_temuan AS
SELECT
  temuan_id,
  jalan_id,
  aturan,
  akibat,
  kode_unit,
  periode,
  berkas,
  berkas_id,
  lembar,
  sel,
  sel_terkait,
  jumlah,
  tertulis,
  seharusnya,
  selisih,
  pesan,
  cara_perbaiki,
  dasar_hukum,
  pesan_en,
  cara_perbaiki_en,
  koreksi_id,
  pengecualian_id,
  kelompok_sebab,
  sel_dicurigai,
  angka_terkait
FROM temuan;
