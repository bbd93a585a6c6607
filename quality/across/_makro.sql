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
