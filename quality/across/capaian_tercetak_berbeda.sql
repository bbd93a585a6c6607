-- A printed achievement is realisation over target of its own row. What fits the inverted ratio is told by
-- persen_terbalik and not here. Where target and result are ratios that a spreadsheet turned into times of day,
-- the proof says so if the printed percentage is one time over the other, counted in minutes.
WITH turun AS (
  SELECT DISTINCT kode_indikator FROM clean_target WHERE arah = 'turun'
), tercetak AS (
  SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, capaian_tercetak, target, realisasi,
         target_teks, realisasi_teks, indikator AS nama, 'realisasi' AS kolom, false AS boleh_terbalik
  FROM clean_kinerja_program
  UNION ALL
  SELECT p.kode_unit, CAST(p.tahun AS VARCHAR), p.berkas_id, p.lembar, p.tabel_ke, p.baris, p.capaian_tercetak,
         p.target, p.nilai, p.target_teks, p.nilai_teks, nama_indikator(p.kode_indikator, p.indikator) || ', ' || p.nama, 'nilai', true
  FROM clean_pembanding p ANTI JOIN turun t ON t.kode_indikator = p.kode_indikator
), baris AS (
  SELECT *, max(desimal(capaian_tercetak)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d
  FROM tercetak
  WHERE capaian_tercetak IS NOT NULL AND target > 0 AND realisasi IS NOT NULL
), jam AS (
  SELECT *, menit(target_teks) AS mt, menit(realisasi_teks) AS mr FROM baris
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'capaian_tercetak' AS field,
       teks_kolom(capaian_tercetak, d) || '%' AS tertulis, persen_dari(realisasi, target) AS seharusnya,
       capaian_tercetak - persen_dari(realisasi, target) AS selisih, nama,
       coalesce(target_teks, teks(target)) AS target,
       coalesce(realisasi_teks, teks(realisasi)) AS realisasi,
       CASE WHEN persen_dari(mt, mr) IS NOT NULL AND nilai_cocok(capaian_tercetak, mt, mr, satuan_persen(d))
            THEN kali60(target_teks) || ' : ' || kali60(realisasi_teks) || ' = ' || mt || ' : ' || mr
                 || ' = ' || teks_kolom(capaian_tercetak, d) || '%'
            WHEN persen_dari(mr, mt) IS NOT NULL AND nilai_cocok(capaian_tercetak, mr, mt, satuan_persen(d))
            THEN kali60(realisasi_teks) || ' : ' || kali60(target_teks) || ' = ' || mr || ' : ' || mt
                 || ' = ' || teks_kolom(capaian_tercetak, d) || '%'
            -- Turned round: no rule of its own where it is not known whether lower is better.
            WHEN realisasi > 0 AND nilai_cocok(capaian_tercetak, target, realisasi, satuan_persen(d))
            THEN coalesce(target_teks, teks(target)) || ' : ' || coalesce(realisasi_teks, teks(realisasi))
                 || ' × 100 = ' || teks_kolom(capaian_tercetak, d) || '%'
            ELSE coalesce(realisasi_teks, teks(realisasi)) || ' : ' || coalesce(target_teks, teks(target))
                 || ' × 100' END AS bukti,
       [sel(berkas_id, lembar, tabel_ke, baris, 'target'), sel(berkas_id, lembar, tabel_ke, baris, kolom)] AS terkait
FROM jam
WHERE NOT nilai_cocok(capaian_tercetak, realisasi, target, satuan_persen(d))
  AND NOT (boleh_terbalik AND realisasi > 0 AND nilai_cocok(capaian_tercetak, target, realisasi, satuan_persen(d)))
