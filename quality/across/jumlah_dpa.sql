-- In a DPA every code is the sum of the codes directly below it, and TOTAL the sum of the topmost ones.
WITH daftar AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh
  FROM clean_dpa WHERE pagu IS NOT NULL
), calon AS (
  SELECT *, unnest(silsilah(kode)) AS kode_atas, unnest(range(1, len(string_split(kode, '.')) + 1)) AS n
  FROM daftar WHERE kode <> 'TOTAL' AND NOT starts_with(kode, 'nama:')
  UNION ALL
  SELECT *, 'TOTAL' AS kode_atas, 0 AS n FROM daftar WHERE kode <> 'TOTAL'
), lepas AS (
  -- Rows without a code, in a list of several levels, have no parent that can be told.
  SELECT kode_unit, tahun, tahap, pohon, CAST(sum(pagu) AS DECIMAL(28, 2)) AS nilai
  FROM (SELECT *, count(DISTINCT tingkat) FILTER (kode <> 'TOTAL')
                    OVER (PARTITION BY kode_unit, tahun, tahap, pohon) AS tingkatan FROM daftar)
  WHERE starts_with(kode, 'nama:') AND tingkat <> 'program' AND tingkatan > 1
  GROUP BY ALL
), pasangan AS (
  SELECT a.*, i.kode AS induk
  FROM calon a
  JOIN daftar i ON i.kode_unit = a.kode_unit AND i.tahun = a.tahun AND i.tahap = a.tahap AND i.pohon = a.pohon
               AND i.kode = a.kode_atas AND i.kode <> a.kode
  LEFT JOIN lepas l ON l.kode_unit = a.kode_unit AND l.tahun = a.tahun AND l.tahap = a.tahap AND l.pohon = a.pohon
  WHERE i.kode <> 'TOTAL' OR NOT starts_with(a.kode, 'nama:') OR a.tingkat = 'program' OR l.nilai IS NULL
  QUALIFY row_number() OVER (
    PARTITION BY a.kode_unit, a.tahun, a.tahap, a.pohon, a.kode ORDER BY a.n DESC) = 1
), jumlah AS (
  SELECT kode_unit, tahun, tahap, pohon, induk, CAST(sum(pagu) AS DECIMAL(28, 2)) AS nilai,
         count(*) AS banyak, bool_or(utuh) AS utuh,
         list(sel(berkas_id, lembar, tabel_ke, baris, 'pagu_' || tahap) ORDER BY kode) AS anak
  FROM pasangan GROUP BY ALL
)
SELECT i.kode_unit, CAST(i.tahun AS VARCHAR) AS periode, i.berkas_id, i.lembar, i.tabel_ke, i.baris,
       'pagu_' || i.tahap AS field, i.pagu AS tertulis, j.nilai AS seharusnya, i.pagu - j.nilai AS selisih,
       coalesce(i.uraian, i.kode) AS uraian, i.kode AS kode, i.tahap AS tahap, j.anak AS terkait
FROM daftar i
JOIN jumlah j ON j.kode_unit = i.kode_unit AND j.tahun = i.tahun AND j.tahap = i.tahap AND j.pohon = i.pohon
             AND j.induk = i.kode
LEFT JOIN lepas l ON l.kode_unit = i.kode_unit AND l.tahun = i.tahun AND l.tahap = i.tahap AND l.pohon = i.pohon
WHERE abs(i.pagu - j.nilai) > satuan_rp(i.utuh OR j.utuh) * j.banyak
  AND NOT i.pagu - j.nilai BETWEEN 0 AND coalesce(l.nilai, 0)
