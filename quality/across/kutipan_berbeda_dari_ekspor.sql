-- A figure of another unit that a report cites is the one computed from that unit's own export. Several that another
-- definition gives are one cause: kutipan_definisi_lain.
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, 'nilai' AS field,
       coalesce(nilai_teks, teks(nilai)) AS tertulis, menurut_ekspor AS seharusnya,
       CAST(nilai - hitung AS DECIMAL(20, 4)) AS selisih,
       nama, nama_indikator(kode_indikator, indikator) AS indikator, tahun_ekspor, [angka] AS figures
FROM kutipan_salah('clean_pembanding', 'realisasi_iku')
WHERE senasib < 2
