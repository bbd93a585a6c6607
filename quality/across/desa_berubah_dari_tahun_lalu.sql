-- The villages of a kecamatan are those of the year before, by the same names. One finding for each kecamatan and
-- year that says which are new, gone or renamed. One of the region list that a year lacks is told by desa_kurang.
WITH desa AS (
  SELECT kode_unit, tahun, kode_desa, any_value(desa) AS desa, nama_rapat(any_value(desa)) AS polos
  FROM status_desa GROUP BY kode_unit, tahun, kode_desa
), pasangan AS (
  SELECT n.kode_unit, n.tahun, max(l.tahun) AS lalu
  FROM (SELECT DISTINCT kode_unit, tahun FROM desa) n
  JOIN (SELECT DISTINCT kode_unit, tahun FROM desa) l ON l.kode_unit = n.kode_unit AND l.tahun < n.tahun
  GROUP BY ALL
), perubahan AS (
  SELECT p.kode_unit, p.tahun, p.lalu, n.kode_desa AS kode_desa, 'baru' AS hal, 'baru: ' || n.desa AS kata,
         'new: ' || n.desa AS kata_en
  FROM pasangan p
  JOIN desa n ON n.kode_unit = p.kode_unit AND n.tahun = p.tahun
  ANTI JOIN desa l ON l.kode_unit = p.kode_unit AND l.tahun = p.lalu AND l.kode_desa = n.kode_desa
  ANTI JOIN desa_resmi r ON r.kode_desa = n.kode_desa
  UNION ALL
  SELECT p.kode_unit, p.tahun, p.lalu, NULL, 'hilang', 'tidak ada lagi: ' || l.desa, 'gone: ' || l.desa
  FROM pasangan p
  JOIN desa l ON l.kode_unit = p.kode_unit AND l.tahun = p.lalu
  ANTI JOIN desa n ON n.kode_unit = p.kode_unit AND n.tahun = p.tahun AND n.kode_desa = l.kode_desa
  ANTI JOIN desa_resmi r ON r.kode_desa = l.kode_desa
  UNION ALL
  SELECT p.kode_unit, p.tahun, p.lalu, n.kode_desa, 'nama', 'berganti nama: ' || l.desa || ' menjadi ' || n.desa,
         'renamed: ' || l.desa || ' to ' || n.desa
  FROM pasangan p
  JOIN desa n ON n.kode_unit = p.kode_unit AND n.tahun = p.tahun
  JOIN desa l ON l.kode_unit = p.kode_unit AND l.tahun = p.lalu AND l.kode_desa = n.kode_desa
  -- Two letters are a matter of spelling.
  WHERE levenshtein(n.polos, l.polos) > 2
), alamat AS (
  SELECT kode_unit, kode_desa, tahun, berkas_id, lembar, tabel_ke, baris FROM clean_idm
  UNION ALL
  SELECT kode_unit, kode_desa, tahun, berkas_id, lembar, tabel_ke, baris FROM clean_indeks_desa
), satu AS (
  SELECT kode_unit, tahun, lalu, count(*) AS jumlah, min(kode_desa) AS kode_desa,
         beberapa(list(kata ORDER BY hal, kata), 6) AS daftar, beberapa(list(kata_en ORDER BY hal, kata_en), 6) AS daftar_en
  FROM perubahan GROUP BY kode_unit, tahun, lalu
)
SELECT s.kode_unit, CAST(s.tahun AS VARCHAR) AS periode, a.berkas_id, a.lembar, a.tabel_ke, a.baris, 'desa' AS field,
       s.jumlah AS jumlah, CAST(s.lalu AS VARCHAR) AS tahun_lalu, s.daftar AS daftar, s.daftar_en AS daftar_en
FROM satu s
JOIN alamat a ON a.kode_unit = s.kode_unit AND a.tahun = s.tahun AND a.kode_desa = coalesce(s.kode_desa, a.kode_desa)
QUALIFY row_number() OVER (PARTITION BY s.kode_unit, s.tahun ORDER BY a.kode_desa, a.berkas_id, a.baris) = 1
