-- Every account is the sum of the accounts directly below it (the nearest that are printed), and a printed
-- JUMLAH repeats the account it totals. Compared at the coarser printed unit (told for each level of a table,
-- since a level may be printed in whole rupiah) times the number of addends.
-- Where the account above, or its own JUMLAH, adds up only with the sum of the children, the account itself is
-- the misprint: told, and the sum of its children is published (assets/marts/serapan.py, by the same test).
WITH sel_angka AS (
  FROM (SELECT kode_unit, periode, kode, uraian, tingkat, berkas_id, lembar, tabel_ke, baris,
                  pagu, realisasi, realisasi_tahun_lalu FROM clean_realisasi_rekening)
  UNPIVOT INCLUDE NULLS (nilai FOR ukuran IN (pagu, realisasi, realisasi_tahun_lalu))
), daftar AS (
  SELECT *, bool_and(bulat(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat, ukuran) AS utuh,
         starts_with(kode, 'JUMLAH:') AS tercetak_jumlah, string_split(kode, '.') AS ruas
  FROM sel_angka
), semua AS (
  SELECT * FROM daftar WHERE NOT tercetak_jumlah
), akun AS (
  SELECT * FROM semua WHERE nilai IS NOT NULL
), jenjang AS (
  SELECT *, unnest(range(1, len(ruas))) AS n FROM semua
), naik AS (
  -- An account printed blank over details of its own is no addend; one without details is an unknown one.
  SELECT j.* FROM jenjang j
  ANTI JOIN (SELECT kode_unit, periode, ukuran, array_to_string(ruas[1:n], '.') AS kode FROM jenjang) b
         ON j.nilai IS NULL AND b.kode_unit = j.kode_unit AND b.periode = j.periode
        AND b.ukuran = j.ukuran AND b.kode = j.kode
), pasangan AS (
  SELECT a.*, i.kode AS induk
  FROM naik a
  JOIN akun i ON i.kode_unit = a.kode_unit AND i.periode = a.periode AND i.ukuran = a.ukuran
             AND i.kode = array_to_string(a.ruas[1:a.n], '.')
  QUALIFY row_number() OVER (PARTITION BY a.kode_unit, a.periode, a.ukuran, a.kode ORDER BY a.n DESC) = 1
), jumlah AS (
  SELECT kode_unit, periode, ukuran, induk, CAST(sum(nilai) AS DECIMAL(28, 2)) AS nilai,
         count(*) AS banyak, bool_or(utuh) AS utuh,
         list(sel(berkas_id, lembar, tabel_ke, baris, ukuran) ORDER BY kode) AS anak
  FROM pasangan GROUP BY ALL HAVING count(*) = count(nilai)
), beda AS (
  SELECT i.*, j.nilai AS jumlah_anak, j.utuh AS utuh_anak, j.banyak
  FROM akun i
  JOIN jumlah j ON j.kode_unit = i.kode_unit AND j.periode = i.periode AND j.ukuran = i.ukuran
               AND j.induk = i.kode
  WHERE abs(i.nilai - j.nilai) > satuan_rp(i.utuh OR j.utuh) * j.banyak
), ganti AS (
  -- For each parent: how its sum changes where its contradicted children are replaced by their own details.
  SELECT p.kode_unit, p.periode, p.ukuran, p.induk,
         CAST(sum(b.jumlah_anak - b.nilai) AS DECIMAL(28, 2)) AS tambah
  FROM beda b
  JOIN pasangan p ON p.kode_unit = b.kode_unit AND p.periode = b.periode AND p.ukuran = b.ukuran
                 AND p.kode = b.kode
  GROUP BY ALL
), tercetak AS (
  -- A printed JUMLAH and the account of the same name; JUMLAH BELANJA is account 5.
  SELECT t.*, a.kode AS akun, a.nilai AS nilai_akun, a.utuh AS utuh_akun,
         sel(a.berkas_id, a.lembar, a.tabel_ke, a.baris, a.ukuran) AS sel_akun
  FROM daftar t
  JOIN akun a ON a.kode_unit = t.kode_unit AND a.periode = t.periode AND a.ukuran = t.ukuran
  WHERE t.tercetak_jumlah
    AND CASE WHEN regexp_replace(nama_polos(t.uraian), '^(jumlah|total) ', '') IN ('belanja', 'belanja daerah')
             THEN a.kode = '5'
             ELSE regexp_replace(nama_polos(t.uraian), '^(jumlah|total) ', '') = nama_polos(a.uraian) END
  QUALIFY row_number() OVER (PARTITION BY t.kode_unit, t.periode, t.ukuran, t.kode ORDER BY len(a.ruas), a.kode) = 1
), terbukti AS (
  SELECT b.kode_unit, b.periode, b.ukuran, b.kode
  FROM beda b
  JOIN pasangan p ON p.kode_unit = b.kode_unit AND p.periode = b.periode AND p.ukuran = b.ukuran
                 AND p.kode = b.kode
  JOIN akun g ON g.kode_unit = p.kode_unit AND g.periode = p.periode AND g.ukuran = p.ukuran
             AND g.kode = p.induk
  JOIN jumlah s ON s.kode_unit = p.kode_unit AND s.periode = p.periode AND s.ukuran = p.ukuran
               AND s.induk = p.induk
  JOIN ganti r ON r.kode_unit = p.kode_unit AND r.periode = p.periode AND r.ukuran = p.ukuran
              AND r.induk = p.induk
  WHERE abs(g.nilai - (s.nilai + r.tambah)) <= satuan_rp(g.utuh OR s.utuh) * s.banyak
  UNION
  SELECT b.kode_unit, b.periode, b.ukuran, b.kode
  FROM beda b
  JOIN tercetak t ON t.kode_unit = b.kode_unit AND t.periode = b.periode AND t.ukuran = b.ukuran
                 AND t.akun = b.kode AND t.nilai = b.jumlah_anak
), bertentangan AS (
  -- What remains once the children that are proven misprints count with their own details.
  SELECT i.*, CAST(j.nilai + coalesce(k.tambah, 0) AS DECIMAL(28, 2)) AS jumlah_anak, j.anak
  FROM akun i
  JOIN jumlah j ON j.kode_unit = i.kode_unit AND j.periode = i.periode AND j.ukuran = i.ukuran
               AND j.induk = i.kode
  LEFT JOIN (
    SELECT p.kode_unit, p.periode, p.ukuran, p.induk,
           CAST(sum(b.jumlah_anak - b.nilai) AS DECIMAL(28, 2)) AS tambah
    FROM terbukti t
    JOIN beda b ON b.kode_unit = t.kode_unit AND b.periode = t.periode AND b.ukuran = t.ukuran
               AND b.kode = t.kode
    JOIN pasangan p ON p.kode_unit = t.kode_unit AND p.periode = t.periode AND p.ukuran = t.ukuran
                   AND p.kode = t.kode
    GROUP BY ALL
  ) k ON k.kode_unit = i.kode_unit AND k.periode = i.periode AND k.ukuran = i.ukuran AND k.induk = i.kode
  WHERE abs(i.nilai - (j.nilai + coalesce(k.tambah, 0))) > satuan_rp(i.utuh OR j.utuh) * j.banyak
)
SELECT b.kode_unit, b.periode, b.berkas_id, b.lembar, b.tabel_ke, b.baris, b.ukuran AS field,
       b.nilai AS tertulis, b.jumlah_anak AS seharusnya, b.nilai - b.jumlah_anak AS selisih,
       coalesce(b.uraian, b.kode) AS uraian, b.kode AS kode, replace(b.ukuran, '_', ' ') AS kolom,
       b.anak AS terkait,
       list_transform(silsilah(b.kode), lambda k: angka_rekening(b.kode_unit, b.periode, k, b.ukuran)) AS figures,
       CASE WHEN b.ukuran = 'realisasi_tahun_lalu' OR t.kode IS NOT NULL THEN 'ingat' ELSE 'tahan' END AS akibat
FROM bertentangan b
LEFT JOIN terbukti t ON t.kode_unit = b.kode_unit AND t.periode = b.periode AND t.ukuran = b.ukuran
                    AND t.kode = b.kode
UNION ALL
SELECT c.kode_unit, c.periode, c.berkas_id, c.lembar, c.tabel_ke, c.baris, c.ukuran, c.nilai, c.nilai_akun,
       c.nilai - c.nilai_akun, c.uraian, c.akun, replace(c.ukuran, '_', ' '), [c.sel_akun],
       [angka_rekening(c.kode_unit, c.periode, c.akun, c.ukuran)], 'ingat'
FROM tercetak c
-- A JUMLAH that repeats the right sum of a misprinted account is no second cause.
ANTI JOIN terbukti t ON t.kode_unit = c.kode_unit AND t.periode = c.periode AND t.ukuran = c.ukuran
                    AND t.kode = c.akun
WHERE c.nilai IS NOT NULL AND abs(c.nilai - c.nilai_akun)
      > CASE WHEN c.utuh = c.utuh_akun THEN CAST(0 AS DECIMAL(28, 2)) ELSE satuan_rp(true) END
