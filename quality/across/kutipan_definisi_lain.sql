-- Citations of one indicator that another definition gives (Maju and Mandiri counted together): one cause, told once
-- for each table and definition.
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, min(baris) AS baris, 'nilai' AS field,
       arg_min(coalesce(nilai_teks, teks(nilai)), baris) AS tertulis,
       arg_min(menurut_ekspor, baris) AS seharusnya, count(*) AS jumlah, arg_min(nama, baris) AS nama,
       nama_indikator(kode_indikator, arg_min(indikator, baris)) AS indikator,
       nama_indikator(kode_lain, kode_lain) AS indikator_lain, max(tahun_ekspor) AS tahun_ekspor,
       list(sel(berkas_id, lembar, tabel_ke, baris, 'nilai') ORDER BY baris) AS terkait,
       list(angka ORDER BY baris) AS figures
FROM kutipan_salah('clean_pembanding', 'realisasi_iku')
WHERE senasib >= 2
GROUP BY kode_unit, tahun, berkas_id, lembar, tabel_ke, kode_indikator, kode_lain
