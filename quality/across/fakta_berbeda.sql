-- One fact has one value, wherever it is stated. ``fakta`` lists every statement of a fact that stands in more than one
-- kind of table (unit, period, what, of what, place, value, cell); ``aturan`` says which place is held to which. Pairs
-- that a rule of their own compares (sums, DPA and LRA, PK and Renstra, citations and exports) are not among them.
WITH dpa AS (
  SELECT * FROM clean_dpa WHERE pagu IS NOT NULL
  QUALIFY tahap = CASE WHEN bool_or(tahap = 'perubahan') OVER (PARTITION BY kode_unit, tahun, pohon)
                       THEN 'perubahan' ELSE 'murni' END
), pk AS (
  SELECT * FROM clean_target WHERE dokumen IN ('PK', 'PK-P') AND target IS NOT NULL AND length(periode) = 4
  QUALIFY row_number() OVER (PARTITION BY kode_unit, kode_indikator, tahun
                             ORDER BY dokumen = 'PK-P' DESC, berlaku_sejak DESC NULLS LAST) = 1
), pk_pagu AS (
  SELECT * FROM clean_pk_anggaran WHERE tingkat = 'total' AND pagu IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY kode_unit, tahun ORDER BY dokumen = 'PK-P' DESC) = 1
), fakta AS (
  SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, 'Pagu seluruhnya' AS hal, 'Total budget' AS hal_en, '5' AS kode,
         'pohon program DPA' AS tempat, 'the DPA by programme' AS tempat_en, CAST(pagu AS DECIMAL(24, 12)) AS nilai,
         NULL AS kata, true AS uang, berkas_id, lembar, tabel_ke, baris, 'pagu_' || tahap AS field
  FROM dpa WHERE pohon = 'program' AND kode = 'TOTAL'
  UNION ALL
  SELECT kode_unit, CAST(tahun AS VARCHAR), 'Pagu seluruhnya', 'Total budget', '5', 'rekening 5 DPA', 'account 5 of the DPA',
         pagu, NULL, true, berkas_id, lembar, tabel_ke, baris, 'pagu_' || tahap
  FROM dpa WHERE pohon = 'rekening' AND kode = '5'
  UNION ALL
  SELECT kode_unit, CAST(tahun AS VARCHAR), 'Pagu seluruhnya', 'Total budget', '5', 'jumlah Perjanjian Kinerja',
         'the total of the performance agreement', pagu, NULL, true, berkas_id, lembar, tabel_ke, baris, 'pagu'
  FROM pk_pagu p
  -- Where the programmes stand elsewhere too the agreement is compared programme by programme.
  WHERE NOT EXISTS (SELECT 1 FROM clean_dpa d WHERE d.kode_unit = p.kode_unit AND d.tahun = p.tahun AND d.pohon = 'program')
    AND NOT EXISTS (SELECT 1 FROM clean_realisasi_program r
                    WHERE r.kode_unit = p.kode_unit AND r.periode = CAST(p.tahun AS VARCHAR))
  UNION ALL
  SELECT kode_unit, periode, 'Pagu seluruhnya', 'Total budget', '5', 'rekening 5 LRA', 'account 5 of the LRA',
         pagu, NULL, true, berkas_id, lembar, tabel_ke, baris, 'pagu'
  FROM clean_realisasi_rekening WHERE kode = '5' AND length(periode) = 4 AND pagu IS NOT NULL
  UNION ALL
  SELECT kode_unit, periode, 'Target ' || nama_indikator(kode_indikator, indikator),
         'Target of ' || nama_indikator(kode_indikator, indikator), kode_indikator, dokumen, dokumen, target, target_teks,
         false, berkas_id, lembar, tabel_ke, baris, 'target'
  FROM pk
  UNION ALL
  SELECT kode_unit, periode, 'Target ' || nama_indikator(kode_indikator, indikator),
         'Target of ' || nama_indikator(kode_indikator, indikator), kode_indikator, 'lembar realisasi',
         'the sheet of results', target, target_teks, false, berkas_id, lembar, tabel_ke, baris, 'target'
  FROM clean_realisasi_manual WHERE target IS NOT NULL AND length(periode) = 4
  UNION ALL
  SELECT kode_unit, CAST(tahun AS VARCHAR), 'Target ' || nama_indikator(kode_indikator, indikator),
         'Target of ' || nama_indikator(kode_indikator, indikator), kode_indikator, 'tabel pembanding',
         'the table of comparisons', target, target_teks, false, berkas_id, lembar, tabel_ke, baris, 'target'
  FROM clean_pembanding WHERE target IS NOT NULL AND kode_pembanding = kode_unit
  UNION ALL
  SELECT p.kode_unit, CAST(p.tahun AS VARCHAR), 'Realisasi ' || nama_indikator(p.kode_indikator, p.indikator),
         'Result of ' || nama_indikator(p.kode_indikator, p.indikator), p.kode_indikator, 'tabel pembanding',
         'the table of comparisons', p.nilai, p.nilai_teks, false, p.berkas_id, p.lembar, p.tabel_ke, p.baris, 'nilai'
  FROM clean_pembanding p
  -- What the files give is compared by kutipan_berbeda_dari_ekspor.
  ANTI JOIN realisasi_iku r ON r.kode_unit = p.kode_unit AND r.kode_indikator = p.kode_indikator
                           AND r.periode = CAST(p.tahun AS VARCHAR) AND r.realisasi IS NOT NULL
  WHERE p.nilai IS NOT NULL AND p.kode_pembanding = p.kode_unit
  UNION ALL
  SELECT kode_unit, periode, 'Realisasi ' || nama_indikator(kode_indikator, indikator),
         'Result of ' || nama_indikator(kode_indikator, indikator), kode_indikator, 'lembar realisasi',
         'the sheet of results', realisasi, realisasi_teks, false, berkas_id, lembar, tabel_ke, baris, 'realisasi'
  FROM clean_realisasi_manual WHERE realisasi IS NOT NULL AND asal = 'manual' AND length(periode) = 4
  UNION ALL
  SELECT kode_unit, periode, 'Banyak responden survei', 'Number of respondents', 'N', 'rekap survei', 'the survey summary',
         nilai, NULL, false, berkas_id, lembar, tabel_ke, baris, 'nilai@' || periode
  FROM clean_skm_ringkasan WHERE ukuran = 'N' AND nilai IS NOT NULL
  UNION ALL
  SELECT j.kode_unit, j.periode, 'Banyak responden survei', 'Number of respondents', 'N', 'lembar jawaban',
         'the sheet of answers', CAST(j.n AS DECIMAL(24, 12)), NULL, false, j.berkas_id, j.lembar, j.tabel_ke, j.baris, 'u1'
  FROM (SELECT kode_unit, periode, sum(n) AS n, min(berkas_id) AS berkas_id, arg_min(lembar, lembar_ke) AS lembar,
               arg_min(tabel_ke, lembar_ke) AS tabel_ke, arg_min(baris, lembar_ke) AS baris
        FROM lembar_skm GROUP BY kode_unit, periode) j
  -- Respondents with too many blanks do not count (contract 3): either number may be the printed one.
  ANTI JOIN (SELECT i.kode_unit, i.periode FROM ikm i
             JOIN clean_skm_ringkasan s ON s.kode_unit = i.kode_unit AND s.periode = i.periode AND s.ukuran = 'N'
             WHERE s.nilai = i.n_responden) sama ON sama.kode_unit = j.kode_unit AND sama.periode = j.periode
  UNION ALL
  SELECT kode_unit, periode, 'Volume layanan ' || layanan, 'Volume of ' || layanan, kode_layanan, 'rekap setahun',
         'the yearly table', CAST(jumlah AS DECIMAL(24, 12)), NULL, false, berkas_id, lembar, tabel_ke, baris, 'jumlah'
  FROM clean_layanan WHERE length(periode) = 4 AND jumlah IS NOT NULL
  UNION ALL
  SELECT kode_unit, left(periode, 4), 'Volume layanan ' || any_value(layanan), 'Volume of ' || any_value(layanan), kode_layanan,
         'empat triwulan', 'the four quarters', CAST(sum(jumlah) AS DECIMAL(24, 12)), NULL, false,
         min(berkas_id), arg_min(lembar, (berkas_id, lembar, baris)), arg_min(tabel_ke, (berkas_id, lembar, baris)),
         arg_min(baris, (berkas_id, lembar, baris)), 'jumlah'
  FROM clean_layanan WHERE regexp_full_match(periode, '\d{4}-TW[1-4]') AND jumlah IS NOT NULL
  GROUP BY kode_unit, left(periode, 4), kode_layanan HAVING count(*) = 4
), aturan(tempat, acuan) AS (
  VALUES ('pohon program DPA', 'rekening 5 DPA'), ('jumlah Perjanjian Kinerja', 'rekening 5 LRA'),
         ('lembar realisasi', 'PK'), ('lembar realisasi', 'PK-P'), ('tabel pembanding', 'PK'), ('tabel pembanding', 'PK-P'),
         ('tabel pembanding', 'lembar realisasi'), ('rekap survei', 'lembar jawaban'), ('rekap setahun', 'empat triwulan')
)
SELECT f.kode_unit, f.periode, f.berkas_id, f.lembar, f.tabel_ke, f.baris, f.field,
       CASE WHEN f.uang THEN rupiah(f.nilai) ELSE coalesce(f.kata, teks(f.nilai)) END AS tertulis,
       CASE WHEN a.uang THEN rupiah(a.nilai) ELSE coalesce(a.kata, teks(a.nilai)) END AS seharusnya,
       CASE WHEN f.uang THEN rupiah(f.nilai - a.nilai) ELSE teks(f.nilai - a.nilai) END AS selisih,
       f.hal AS hal, f.hal_en AS hal_en, f.tempat AS tempat, f.tempat_en AS tempat_en, a.tempat AS tempat_lain,
       a.tempat_en AS tempat_lain_en, [sel(a.berkas_id, a.lembar, a.tabel_ke, a.baris, a.field)] AS terkait
FROM fakta f
JOIN aturan t ON t.tempat = f.tempat
JOIN fakta a ON a.tempat = t.acuan AND a.kode_unit = f.kode_unit AND a.periode = f.periode AND a.hal = f.hal AND a.kode = f.kode
WHERE CASE WHEN f.uang THEN abs(f.nilai - a.nilai) > satuan_rp(bulat(f.nilai) OR bulat(a.nilai))
           ELSE NOT angka_setara(f.nilai, a.nilai) END
QUALIFY row_number() OVER (PARTITION BY f.berkas_id, f.lembar, f.tabel_ke, f.baris, f.field, f.hal ORDER BY a.tempat) = 1
