-- What the SELECTs of this folder share. Amounts and scores stay exact decimals: nothing is divided but
-- whole numbers, and one side of every product is wide, since DuckDB multiplies narrow decimals in 18 digits.

-- The address of a cell, as quality/across.py takes it in terkait and dicurigai.
CREATE MACRO sel(b, l, t, n, f) AS {'berkas_id': b, 'lembar': l, 'tabel_ke': t, 'baris': n, 'field': f};

-- Figures by the key that warehouse/contracts.py writes.
CREATE MACRO angka_rekening(unit, per, kode, kolom) AS
  'serapan_rekening|kode_unit=' || unit || ';periode=' || per || ';kode=' || kode || '|' || kolom;
CREATE MACRO angka_program(unit, per, kode, kolom) AS
  'serapan_program|kode_unit=' || unit || ';periode=' || per || ';kode=' || kode || '|' || kolom;

-- A code and everything above it: 5.1.02 -> [5, 5.1, 5.1.02].
CREATE MACRO silsilah(kode) AS
  list_transform(range(1, len(string_split(kode, '.')) + 1),
                 lambda n: array_to_string(string_split(kode, '.')[1:n], '.'));

-- A programme row and the rows above it, TOTAL left out; a row known by name only has its printed parent.
CREATE MACRO di_atasnya(kode, induk) AS
  list_filter(
    list_distinct(list_concat(
      CASE WHEN starts_with(kode, 'nama:') THEN [kode] ELSE silsilah(kode) END,
      CASE WHEN induk IS NULL OR induk = 'TOTAL' THEN CAST([] AS VARCHAR[]) ELSE silsilah(induk) END)),
    lambda k: k <> 'TOTAL' OR kode = 'TOTAL');

-- Whether an amount is printed in whole rupiah, and the printed unit of a list (contract 5).
CREATE MACRO bulat(x) AS x = trunc(x);
CREATE MACRO satuan_rp(semua_bulat) AS
  CASE WHEN semua_bulat THEN CAST(1 AS DECIMAL(28, 2)) ELSE CAST(0.01 AS DECIMAL(28, 2)) END;

-- Printed decimals of a score or percent, and the unit of its last digit (never finer than four decimals).
CREATE MACRO desimal(x) AS length(rtrim(split_part(CAST(x AS VARCHAR), '.', 2), '0'));
CREATE MACRO satuan(d) AS
  CAST(CASE WHEN d <= 0 THEN '1' WHEN d = 1 THEN '0.1' WHEN d = 2 THEN '0.01' WHEN d = 3 THEN '0.001'
            ELSE '0.0001' END AS DECIMAL(20, 4));
-- Percentages are printed with at most two decimals; a spreadsheet's longer tail is not print.
CREATE MACRO satuan_persen(d) AS satuan(least(d, 2));

CREATE MACRO lebar(x) AS CAST(x AS DECIMAL(20, 6));

-- a of b as a percent number, half-up to two decimals, in whole numbers; NULL where b is 0.
CREATE MACRO persen_dari(a, b) AS
  CASE WHEN b = 0 THEN NULL ELSE
    CAST(sign(a) * sign(b) *
      ((20000 * CAST(CAST(abs(a) AS DECIMAL(38, 6)) * 1000000 AS HUGEINT)
        + CAST(CAST(abs(b) AS DECIMAL(38, 6)) * 1000000 AS HUGEINT))
       // (2 * CAST(CAST(abs(b) AS DECIMAL(38, 6)) * 1000000 AS HUGEINT))) AS DECIMAL(30, 0))
    * CAST(0.01 AS DECIMAL(3, 2))
  END;

-- Whether p (a percent number with last digit u) is a of b, rounded or cut: |p b - 100 a| < u |b|.
CREATE MACRO persen_cocok(p, a, b, u) AS
  CASE WHEN b = 0 THEN p = 0
       ELSE abs(CAST(p AS DECIMAL(20, 4)) * CAST(b AS DECIMAL(18, 2)) - 100 * CAST(a AS DECIMAL(28, 2)))
            < u * CAST(abs(b) AS DECIMAL(18, 2)) END;

-- The same for scores, whose operands have more decimals and are small.
CREATE MACRO nilai_cocok(p, a, b, u) AS
  CASE WHEN b = 0 THEN p = 0
       ELSE abs(CAST(p AS DECIMAL(20, 4)) * CAST(b AS DECIMAL(18, 8)) - 100 * CAST(a AS DECIMAL(28, 8)))
            < u * CAST(abs(b) AS DECIMAL(18, 8)) END;

-- A name without case, marks and spaces, to match a printed total to the account it totals.
CREATE MACRO nama_polos(x) AS trim(regexp_replace(lower(x), '[^a-z0-9]+', ' ', 'g'));

-- A number as printed in Indonesia, without closing zeros (money is formatted by quality/across.py).
CREATE MACRO teks(x) AS replace(rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.'), '.', ',');
-- The same with the decimals of its printed column: 96,90 where the column prints two.
CREATE MACRO teks_kolom(x, d) AS replace(
  CASE WHEN d <= 0 THEN CAST(CAST(x AS DECIMAL(20, 0)) AS VARCHAR)
       WHEN d = 1 THEN CAST(CAST(x AS DECIMAL(20, 1)) AS VARCHAR)
       ELSE CAST(CAST(x AS DECIMAL(20, 2)) AS VARCHAR) END, '.', ',');

-- The catalogue's name of an indicator; one it does not know has its printed name.
CREATE MACRO nama_indikator(kode, tercetak) AS
  coalesce((SELECT any_value(k.nama) FROM katalog k WHERE k.kode_indikator = kode), tercetak);

-- A time of day as printed ("04:18", "04.18"): its minutes, and how they come about; NULL where it is none.
CREATE MACRO menit(x) AS
  CASE WHEN regexp_full_match(trim(x), '\d{1,2}[:.][0-5]\d')
       THEN 60 * CAST(regexp_extract(trim(x), '^(\d+)', 1) AS INTEGER)
            + CAST(regexp_extract(trim(x), '(\d+)$', 1) AS INTEGER) END;
CREATE MACRO kali60(x) AS
  '(' || CAST(regexp_extract(trim(x), '^(\d+)', 1) AS INTEGER) || '×60+'
      || CAST(regexp_extract(trim(x), '(\d+)$', 1) AS INTEGER) || ')';

-- First and last day of a period (2025, 2025-TW1, 2025-S2); NULL for any other.
CREATE MACRO awal_periode(p) AS
  CASE WHEN regexp_full_match(p, '\d{4}') THEN make_date(CAST(p AS INTEGER), 1, 1)
       WHEN regexp_full_match(p, '\d{4}-TW[1-4]') THEN make_date(CAST(left(p, 4) AS INTEGER), 3 * CAST(right(p, 1) AS INTEGER) - 2, 1)
       WHEN regexp_full_match(p, '\d{4}-S[12]') THEN make_date(CAST(left(p, 4) AS INTEGER), 6 * CAST(right(p, 1) AS INTEGER) - 5, 1) END;
CREATE MACRO akhir_periode(p) AS
  CASE WHEN regexp_full_match(p, '\d{4}') THEN make_date(CAST(p AS INTEGER), 12, 31)
       WHEN regexp_full_match(p, '\d{4}-TW[1-4]') THEN last_day(make_date(CAST(left(p, 4) AS INTEGER), 3 * CAST(right(p, 1) AS INTEGER), 1))
       WHEN regexp_full_match(p, '\d{4}-S[12]') THEN last_day(make_date(CAST(left(p, 4) AS INTEGER), 6 * CAST(right(p, 1) AS INTEGER), 1)) END;
CREATE MACRO tanggal_teks(d) AS strftime(d, '%d-%m-%Y');

-- An amount as printed in Indonesia, for a column that holds other things too.
CREATE MACRO rupiah(x) AS
  CASE WHEN x < 0 THEN '-' ELSE '' END
  || replace(format('{:,}', CAST(abs(trunc(x)) AS BIGINT)), ',', '.')
  || CASE WHEN bulat(x) THEN '' ELSE ',' || right(CAST(CAST(abs(x) AS DECIMAL(28, 2)) AS VARCHAR), 2) END;

-- The first few of a list as one text, and how many more there are.
CREATE MACRO beberapa(l, n) AS
  array_to_string(l[1:n], '; ') || CASE WHEN len(l) > n THEN '; dan ' || (len(l) - n) || ' lainnya' ELSE '' END;

-- Whether x, printed with last digit u, is k/n times m for a whole k, rounded half-up or cut.
CREATE MACRO pecahan_mungkin(x, n, m, u) AS
  (CAST(x AS DECIMAL(20, 8)) * CAST(n AS DECIMAL(9, 0))) % m = 0
  OR m - (CAST(x AS DECIMAL(20, 8)) * CAST(n AS DECIMAL(9, 0))) % m < u * CAST(n AS DECIMAL(9, 0))
  OR 2 * ((CAST(x AS DECIMAL(20, 8)) * CAST(n AS DECIMAL(9, 0))) % m) <= u * CAST(n AS DECIMAL(9, 0));

-- A name without case, marks, spaces and what only says what it is, to tell another name from another spelling.
CREATE MACRO nama_rapat(x) AS
  regexp_replace(regexp_replace(lower(x), '^\s*(desa|kelurahan|kel\.|ds\.)\s+', ''), '[^a-z0-9]+', '', 'g');

-- Whether two printed numbers are one: equal, or a repeating fraction printed longer in one place (0,33 and 0,333333).
CREATE MACRO angka_setara(a, b) AS
  a = b OR (greatest(desimal(a), desimal(b)) >= 4 AND least(desimal(a), desimal(b)) BETWEEN 1 AND 6
            AND abs(a - b) < CASE least(desimal(a), desimal(b))
                  WHEN 5 THEN CAST(0.00001 AS DECIMAL(20, 6)) WHEN 6 THEN CAST(0.000001 AS DECIMAL(20, 6))
                  ELSE satuan(least(desimal(a), desimal(b))) END);

-- Printed percentages that are not realisation over budget of their own row, with what they are instead where that
-- can be told: the mean of the percentages below, or the ratio turned round.
CREATE MACRO persen_salah(nama) AS TABLE
WITH baris AS (
  SELECT *, max(desimal(persen_tercetak)) OVER (PARTITION BY berkas_id, lembar, tabel_ke) AS d,
         coalesce(kode_induk, regexp_replace(kode, '\.[^.]+$', '')) AS atas
  FROM (SELECT CAST(NULL AS VARCHAR) AS kode_induk WHERE false UNION ALL BY NAME SELECT * FROM query_table(nama))
  WHERE persen_tercetak IS NOT NULL AND pagu IS NOT NULL AND realisasi IS NOT NULL
), rata AS (
  SELECT kode_unit, periode, atas, count(*) AS n, CAST(sum(persen_tercetak) AS DECIMAL(30, 12)) AS jumlah
  FROM baris WHERE kode <> atas GROUP BY ALL HAVING count(*) >= 2
), salah AS (
  SELECT b.*, r.n,
         -- A mean of n printed percentages: |n p - sum| within the last digit of each.
         r.n IS NOT NULL AND abs(CAST(b.persen_tercetak AS DECIMAL(20, 4)) * r.n - r.jumlah) < satuan_persen(b.d) * r.n AS rerata,
         b.realisasi <> 0 AND b.realisasi <> b.pagu AND persen_cocok(b.persen_tercetak, b.pagu, b.realisasi, satuan_persen(b.d)) AS balik
  FROM baris b
  LEFT JOIN rata r ON r.kode_unit = b.kode_unit AND r.periode = b.periode AND r.atas = b.kode
  WHERE NOT persen_cocok(b.persen_tercetak, b.realisasi, b.pagu, satuan_persen(b.d))
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, 'persen_tercetak' AS field,
       persen_tercetak AS tertulis, persen_dari(realisasi, pagu) AS seharusnya,
       persen_tercetak - persen_dari(realisasi, pagu) AS selisih,
       coalesce(uraian, kode) AS uraian, pagu, realisasi,
       CASE WHEN rerata THEN 'yang tercetak rata-rata dari ' || n || ' persentase di bawahnya, bukan jumlah dibagi jumlah'
            WHEN balik THEN 'yang tercetak anggaran dibagi realisasi, terbalik'
            ELSE 'realisasi : anggaran × 100' END AS bukti,
       CASE WHEN rerata THEN 'the print is the mean of the ' || n || ' percentages below it, not a ratio of sums'
            WHEN balik THEN 'the print is budget over realisation, turned round'
            ELSE 'realisation : budget × 100' END AS bukti_en,
       [sel(berkas_id, lembar, tabel_ke, baris, 'realisasi'), sel(berkas_id, lembar, tabel_ke, baris, 'pagu')]
         AS terkait
FROM salah;

-- Budgets of a realisation table that no stage of the DPA in force gives: the last stage for the year, either stage for
-- a quarter (the change falls somewhere within it).
CREATE MACRO pagu_bukan_dpa(nama, nama_dpa, pohon_dpa) AS TABLE
WITH dpa AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tahap, tingkat) AS utuh,
         row_number() OVER (PARTITION BY kode_unit, tahun, kode ORDER BY tahap = 'perubahan' DESC) AS urut,
         bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun) AS ada_perubahan
  FROM query_table(nama_dpa) WHERE pohon = pohon_dpa AND pagu IS NOT NULL
), tercetak AS (
  SELECT *, bool_and(bulat(pagu)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, tingkat) AS utuh
  FROM query_table(nama) WHERE pagu IS NOT NULL
), berbeda AS (
  SELECT l.*, d.pagu AS pagu_dpa, d.tahap AS tahap,
         sel(d.berkas_id, d.lembar, d.tabel_ke, d.baris, 'pagu_' || d.tahap) AS sel_dpa,
         abs(l.pagu - d.pagu) <= CASE WHEN l.utuh = d.utuh AND NOT l.utuh THEN satuan_rp(false)
                                      ELSE satuan_rp(true) END AS sama, d.urut AS urut,
         d.ada_perubahan AS ada_perubahan
  FROM tercetak l
  JOIN dpa d ON d.kode_unit = l.kode_unit AND d.kode = l.kode
            AND CAST(d.tahun AS VARCHAR) = left(l.periode, 4)
            AND (d.urut = 1 OR length(l.periode) > 4)
            -- A code that only the first stage has was dropped by the change: nothing to compare.
            AND (d.tahap = 'perubahan' OR NOT d.ada_perubahan OR length(l.periode) > 4)
), pelanggar AS (
  SELECT * FROM berbeda
  QUALIFY NOT bool_or(sama) OVER (PARTITION BY kode_unit, periode, kode)
      AND row_number() OVER (PARTITION BY kode_unit, periode, kode ORDER BY urut) = 1
)
-- Where only the first stage was received a difference may be the change: told once, at the largest code.
SELECT *, CASE WHEN ada_perubahan THEN 1 ELSE count(*) OVER tahun END AS jumlah,
       CASE WHEN ada_perubahan THEN 'tahan' ELSE 'ingat' END AS akibat
FROM pelanggar
WINDOW tahun AS (PARTITION BY kode_unit, periode)
QUALIFY ada_perubahan
     OR row_number() OVER (PARTITION BY kode_unit, periode ORDER BY (kode <> 'TOTAL'), length(kode), kode) = 1;

-- Whether a cited share (k of n where both are printed) is the computed one.
CREATE MACRO sama_bagian(k, n, nilai, k_hitung, n_hitung, hitung, d) AS
  CASE WHEN k IS NOT NULL AND n > 0 AND k_hitung IS NOT NULL AND n_hitung > 0
       THEN CAST(k AS DECIMAL(19, 2)) * CAST(n_hitung AS DECIMAL(18, 0))
            = CAST(k_hitung AS DECIMAL(18, 0)) * CAST(n AS DECIMAL(19, 2))
       ELSE abs(nilai - hitung) < satuan(least(coalesce(d, 4), 4)) END;

-- Citations that are not what the export gives (of the cited year; without one, of the latest year up to the report's),
-- each with the other village indicator that gives it, where one does.
CREATE MACRO kutipan_salah(nama, nama_hitung) AS TABLE
WITH kutipan AS (
  SELECT *, max(desimal(nilai)) FILTER (pembilang IS NULL)
              OVER (PARTITION BY berkas_id, lembar, tabel_ke, kode_indikator) AS d
  FROM query_table(nama) WHERE nilai IS NOT NULL AND starts_with(lingkup, 'kutipan:')
), dihitung AS (
  SELECT * FROM query_table(nama_hitung) WHERE realisasi IS NOT NULL AND length(periode) = 4
), pasangan AS (
  SELECT k.*, r.periode AS tahun_ekspor, r.realisasi AS hitung, r.pembilang AS k_hitung, r.penyebut AS n_hitung,
         r.peka AS peka, 'realisasi_iku|kode_unit=' || r.kode_unit || ';periode=' || r.periode || ';kode_indikator='
         || r.kode_indikator || '|realisasi' AS angka
  FROM kutipan k
  JOIN dihitung r ON r.kode_unit = k.kode_pembanding AND r.kode_indikator = k.kode_indikator
                 AND CASE WHEN k.tahun_tertulis THEN r.periode = CAST(k.tahun AS VARCHAR)
                          ELSE r.periode <= CAST(k.tahun AS VARCHAR) END
  QUALIFY row_number() OVER (PARTITION BY k.berkas_id, k.lembar, k.tabel_ke, k.baris, k.kode_indikator,
                                          k.kode_pembanding ORDER BY r.periode DESC) = 1
), salah AS (
  SELECT * FROM pasangan
  WHERE NOT sama_bagian(pembilang, penyebut, nilai, k_hitung, n_hitung, hitung, d)
    -- What another permitted choice gives is no contradiction: the peer may have chosen so.
    AND NOT list_contains(regexp_extract_all(coalesce(peka, ''), ': (-?[0-9.,]+)', 1),
                          replace(CAST(CAST(nilai AS DECIMAL(20, 2)) AS VARCHAR), '.', ','))
), lain AS (
  -- Shares of the same villages by another definition; a count of none, or of all, proves nothing.
  SELECT s.berkas_id, s.lembar, s.tabel_ke, s.baris, s.kode_indikator, s.kode_pembanding, min(r.kode_indikator) AS kode_lain
  FROM salah s
  JOIN dihitung r ON r.kode_unit = s.kode_pembanding AND r.periode = s.tahun_ekspor AND r.kode_indikator <> s.kode_indikator
                 AND r.penyebut = s.n_hitung AND r.pembilang > 0 AND r.pembilang <> s.k_hitung
  JOIN katalog k ON k.kode_indikator = r.kode_indikator AND k.rumus IN ('persen_desa', 'rasio_desa')
  JOIN katalog j ON j.kode_indikator = s.kode_indikator AND j.rumus IN ('persen_desa', 'rasio_desa')
  WHERE CASE WHEN s.pembilang IS NOT NULL AND s.penyebut > 0
             THEN CAST(s.pembilang AS DECIMAL(19, 2)) * CAST(r.penyebut AS DECIMAL(18, 0))
                  = CAST(r.pembilang AS DECIMAL(18, 0)) * CAST(s.penyebut AS DECIMAL(19, 2))
             ELSE abs(CAST(s.nilai AS DECIMAL(20, 4)) * CAST(r.penyebut AS DECIMAL(9, 0))
                      - CAST(r.pembilang AS DECIMAL(20, 0)) * CASE j.rumus WHEN 'persen_desa' THEN 100 ELSE 1 END)
                  < satuan(least(coalesce(s.d, 4), 4)) * CAST(r.penyebut AS DECIMAL(9, 0)) END
  GROUP BY ALL
)
SELECT s.*, l.kode_lain,
       CASE WHEN l.kode_lain IS NULL THEN 0
            ELSE count(*) OVER (PARTITION BY s.berkas_id, s.lembar, s.tabel_ke, s.kode_indikator, l.kode_lain) END AS senasib,
       CASE WHEN s.k_hitung IS NOT NULL AND s.n_hitung IS NOT NULL
            THEN CAST(s.k_hitung AS BIGINT) || ' dari ' || CAST(s.n_hitung AS BIGINT)
                 || CASE WHEN s.kode_indikator LIKE '%\_desa\_%' ESCAPE '\' THEN ' desa' ELSE '' END
            ELSE teks(CAST(s.hitung AS DECIMAL(20, 2))) END AS menurut_ekspor
FROM salah s
LEFT JOIN lain l ON l.berkas_id = s.berkas_id AND l.lembar = s.lembar AND l.tabel_ke = s.tabel_ke AND l.baris = s.baris
                AND l.kode_indikator = s.kode_indikator AND l.kode_pembanding = s.kode_pembanding;
