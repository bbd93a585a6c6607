-- Every programme and kegiatan is the sum of what is directly below it, and TOTAL the sum of the topmost rows.
-- Where there is an LRA the office's total comes from it, so a TOTAL that its parts contradict is only told.
-- So is one that the Perjanjian Kinerja disproves. A row is a misprint of its own where the row above adds up only with the sum of its children: told, and
-- that sum is published (as in jumlah_rekening).
WITH pk AS (
  SELECT kode_unit, tahun, CAST(sum(pagu) AS DECIMAL(28, 2)) AS nilai, count(*) AS banyak, bool_and(bulat(pagu)) AS utuh
  FROM (
    SELECT * FROM clean_pk_anggaran WHERE tingkat = 'program' AND pagu IS NOT NULL
    QUALIFY dokumen = CASE WHEN bool_or(dokumen = 'PK-P') OVER (PARTITION BY kode_unit, tahun) THEN 'PK-P' ELSE 'PK' END
  ) GROUP BY ALL
), sel_angka AS (
  FROM (SELECT kode_unit, periode, kode, kode_induk, uraian, tingkat, berkas_id, lembar, tabel_ke, baris,
                  pagu, realisasi FROM clean_realisasi_program)
  UNPIVOT INCLUDE NULLS (nilai FOR ukuran IN (pagu, realisasi))
), daftar AS (
  SELECT *, bool_and(bulat(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat, ukuran) AS utuh
  FROM sel_angka
), calon AS (
  SELECT *, kode_induk AS kode_atas, 99 AS n FROM daftar WHERE kode <> 'TOTAL' AND kode_induk IS NOT NULL
  UNION ALL
  SELECT *, unnest(silsilah(kode)) AS kode_atas, unnest(range(1, len(string_split(kode, '.')) + 1)) AS n
  FROM daftar WHERE kode <> 'TOTAL' AND NOT starts_with(kode, 'nama:')
  UNION ALL
  SELECT *, 'TOTAL' AS kode_atas, 0 AS n FROM daftar WHERE kode <> 'TOTAL'
), dikenal AS (
  -- A row printed blank over details of its own is no addend; one without details is an unknown one.
  SELECT a.* FROM calon a
  ANTI JOIN calon b ON a.nilai IS NULL AND b.kode_unit = a.kode_unit AND b.periode = a.periode
                   AND b.ukuran = a.ukuran AND b.kode_atas = a.kode AND b.kode <> a.kode
), pasangan AS (
  SELECT a.*, i.kode AS induk
  FROM dikenal a
  JOIN daftar i ON i.kode_unit = a.kode_unit AND i.periode = a.periode AND i.ukuran = a.ukuran
               AND i.kode = a.kode_atas AND i.kode <> a.kode AND i.nilai IS NOT NULL
  -- A programme's printed parent is TOTAL whatever else its code begins with.
  QUALIFY row_number() OVER (
    PARTITION BY a.kode_unit, a.periode, a.ukuran, a.kode ORDER BY (a.kode_atas = 'TOTAL'), a.n DESC) = 1
), jumlah AS (
  SELECT kode_unit, periode, ukuran, induk, CAST(sum(nilai) AS DECIMAL(28, 2)) AS nilai,
         count(*) AS banyak, bool_or(utuh) AS utuh,
         list(sel(berkas_id, lembar, tabel_ke, baris, ukuran) ORDER BY kode) AS anak
  FROM pasangan GROUP BY ALL HAVING count(*) = count(nilai)
), beda AS (
  SELECT i.*, j.nilai AS jumlah_anak
  FROM daftar i
  JOIN jumlah j ON j.kode_unit = i.kode_unit AND j.periode = i.periode AND j.ukuran = i.ukuran
               AND j.induk = i.kode
  WHERE abs(i.nilai - j.nilai) > satuan_rp(i.utuh OR j.utuh) * j.banyak
), ganti AS (
  SELECT p.kode_unit, p.periode, p.ukuran, p.induk,
         CAST(sum(b.jumlah_anak - b.nilai) AS DECIMAL(28, 2)) AS tambah
  FROM beda b
  JOIN pasangan p ON p.kode_unit = b.kode_unit AND p.periode = b.periode AND p.ukuran = b.ukuran
                 AND p.kode = b.kode
  GROUP BY ALL
), terbukti AS (
  SELECT b.kode_unit, b.periode, b.ukuran, b.kode, p.induk, b.jumlah_anak - b.nilai AS tambah
  FROM beda b
  JOIN pasangan p ON p.kode_unit = b.kode_unit AND p.periode = b.periode AND p.ukuran = b.ukuran
                 AND p.kode = b.kode
  JOIN daftar g ON g.kode_unit = p.kode_unit AND g.periode = p.periode AND g.ukuran = p.ukuran
               AND g.kode = p.induk
  JOIN jumlah s ON s.kode_unit = p.kode_unit AND s.periode = p.periode AND s.ukuran = p.ukuran
               AND s.induk = p.induk
  JOIN ganti r ON r.kode_unit = p.kode_unit AND r.periode = p.periode AND r.ukuran = p.ukuran
              AND r.induk = p.induk
  WHERE abs(g.nilai - (s.nilai + r.tambah)) <= satuan_rp(g.utuh OR s.utuh) * s.banyak
), bertentangan AS (
  SELECT i.*, CAST(j.nilai + coalesce(k.tambah, 0) AS DECIMAL(28, 2)) AS jumlah_anak, j.anak
  FROM daftar i
  JOIN jumlah j ON j.kode_unit = i.kode_unit AND j.periode = i.periode AND j.ukuran = i.ukuran
               AND j.induk = i.kode
  LEFT JOIN (
    SELECT kode_unit, periode, ukuran, induk, CAST(sum(tambah) AS DECIMAL(28, 2)) AS tambah
    FROM terbukti GROUP BY ALL
  ) k ON k.kode_unit = i.kode_unit AND k.periode = i.periode AND k.ukuran = i.ukuran AND k.induk = i.kode
  WHERE abs(i.nilai - (j.nilai + coalesce(k.tambah, 0))) > satuan_rp(i.utuh OR j.utuh) * j.banyak
), hanya_diberitahukan AS (
  SELECT kode_unit, periode, ukuran, kode FROM terbukti
  UNION
  SELECT b.kode_unit, b.periode, b.ukuran, b.kode
  FROM bertentangan b
  JOIN clean_realisasi_rekening r ON r.kode_unit = b.kode_unit AND r.periode = b.periode AND r.kode = '5'
  WHERE b.kode = 'TOTAL' AND CASE b.ukuran WHEN 'pagu' THEN r.pagu ELSE r.realisasi END IS NOT NULL
  UNION
  -- The last Perjanjian Kinerja budgets the same programmes: where they add up to the parts, the total is wrong.
  SELECT b.kode_unit, b.periode, b.ukuran, b.kode
  FROM bertentangan b
  JOIN pk k ON k.kode_unit = b.kode_unit AND CAST(k.tahun AS VARCHAR) = left(b.periode, 4)
  WHERE b.kode = 'TOTAL' AND b.ukuran = 'pagu' AND b.periode IN (left(b.periode, 4), left(b.periode, 4) || '-TW4')
    AND abs(k.nilai - b.jumlah_anak) <= satuan_rp(k.utuh OR b.utuh) * k.banyak
)
-- TOTAL is withheld by what it is made of, or by its own contradiction; it is never named beside a part.
SELECT b.kode_unit, b.periode, b.berkas_id, b.lembar, b.tabel_ke, b.baris, b.ukuran AS field,
       b.nilai AS tertulis, b.jumlah_anak AS seharusnya, b.nilai - b.jumlah_anak AS selisih,
       b.uraian AS uraian, b.kode AS kode, b.ukuran AS kolom, b.anak AS terkait,
       list_transform(di_atasnya(b.kode, b.kode_induk),
                      lambda k: angka_program(b.kode_unit, b.periode, k, b.ukuran)) AS figures,
       CASE WHEN t.kode IS NOT NULL THEN 'ingat' ELSE 'tahan' END AS akibat
FROM bertentangan b
LEFT JOIN hanya_diberitahukan t ON t.kode_unit = b.kode_unit AND t.periode = b.periode AND t.ukuran = b.ukuran
                               AND t.kode = b.kode
