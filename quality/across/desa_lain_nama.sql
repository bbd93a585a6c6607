-- A village's code and its name belong to the same village of the region list. Spelling is not judged; a name that
-- another village of the kecamatan has is. One finding for each kecamatan and file.
WITH desa AS (
  SELECT kode_unit, kode_desa, tahun, desa, berkas_id, lembar, tabel_ke, baris FROM clean_idm
  UNION ALL
  SELECT kode_unit, kode_desa, tahun, desa, berkas_id, lembar, tabel_ke, baris FROM clean_indeks_desa
), lain AS (
  SELECT d.*, r.nama AS nama_resmi, k.kode_desa AS kode_pemilik, (d.berkas_id, d.lembar, d.tabel_ke, d.baris) AS urut
  FROM desa d
  JOIN desa_resmi r ON r.kode_desa = d.kode_desa
  JOIN desa_resmi k ON left(k.kode_desa, 6) = d.kode_unit AND k.kode_desa <> d.kode_desa
                   AND nama_rapat(k.nama) = nama_rapat(d.desa)
  WHERE levenshtein(nama_rapat(d.desa), nama_rapat(r.nama)) > 2
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, arg_min(lembar, urut) AS lembar,
       arg_min(tabel_ke, urut) AS tabel_ke, arg_min(baris, urut) AS baris, 'desa' AS field, count(*) AS jumlah,
       arg_min(desa, urut) AS tertulis, arg_min(nama_resmi, urut) AS seharusnya, arg_min(kode_desa, urut) AS kode,
       arg_min(kode_pemilik, urut) AS kode_pemilik,
       list(sel(berkas_id, lembar, tabel_ke, baris, 'desa') ORDER BY urut)[2:21] AS terkait
FROM lain GROUP BY kode_unit, tahun, berkas_id
