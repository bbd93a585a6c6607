-- What a kecamatan owes for a year and did not send (quality/kewajiban.yaml), as one finding a unit and year: from its
-- first year with a result of its own, up to the last year of which any unit sent a result. A quarter that is missing
-- between quarters that came is one of its own.
WITH ada AS (
  SELECT 'clean_target' AS tabel, kode_unit, CAST(tahun AS VARCHAR) AS periode FROM clean_target
  WHERE dokumen IN ('PK', 'PK-P')
  UNION SELECT 'clean_dpa', kode_unit, CAST(tahun AS VARCHAR) FROM clean_dpa
  UNION SELECT 'clean_realisasi_rekening', kode_unit, periode FROM clean_realisasi_rekening
  UNION SELECT 'clean_realisasi_program', kode_unit, periode FROM clean_realisasi_program
  UNION SELECT 'clean_skm_jawaban', kode_unit, periode FROM lembar_skm
  UNION SELECT 'clean_skm_ringkasan', kode_unit, periode FROM clean_skm_ringkasan
  UNION SELECT 'clean_idm', kode_unit, CAST(tahun AS VARCHAR) FROM clean_idm
  UNION SELECT 'clean_indeks_desa', kode_unit, CAST(tahun AS VARCHAR) FROM clean_indeks_desa
  UNION SELECT 'clean_bumdes', kode_unit, CAST(tahun AS VARCHAR) FROM clean_bumdes
  UNION SELECT 'clean_layanan', kode_unit, periode FROM clean_layanan
), hasil AS (
  SELECT DISTINCT kode_unit, CAST(left(periode, 4) AS INTEGER) AS tahun FROM ada
  WHERE tabel IN ('clean_realisasi_rekening', 'clean_realisasi_program', 'clean_skm_jawaban', 'clean_skm_ringkasan')
), masa AS (
  SELECT kode_unit, min(tahun) AS dari, (SELECT max(tahun) FROM hasil) AS ke FROM hasil GROUP BY kode_unit
), unit_tahun AS (
  -- A year without a result and without an agreement is not reported on.
  SELECT DISTINCT m.kode_unit, CAST(left(a.periode, 4) AS INTEGER) AS tahun
  FROM masa m
  JOIN ada a ON a.kode_unit = m.kode_unit AND CAST(left(a.periode, 4) AS INTEGER) BETWEEN m.dari AND m.ke
           AND a.tabel IN ('clean_target', 'clean_realisasi_rekening', 'clean_realisasi_program', 'clean_skm_jawaban',
                           'clean_skm_ringkasan')
), indikator AS (
  SELECT DISTINCT t.kode_unit, t.tahun, k.rumus FROM clean_target t JOIN katalog k ON k.kode_indikator = t.kode_indikator
), wajib AS (
  SELECT u.kode_unit, u.tahun, w.*
  FROM unit_tahun u
  CROSS JOIN kewajiban w
  WHERE u.tahun >= coalesce(w.sejak, 0) AND u.tahun <= coalesce(w.sampai, 9999)
    AND (w.bila_indikator IS NULL OR EXISTS (
      SELECT 1 FROM indikator i WHERE i.kode_unit = u.kode_unit AND i.tahun = u.tahun
                                  AND list_contains(w.bila_indikator, i.rumus)))
), kurang AS (
  SELECT w.* FROM wajib w
  WHERE NOT EXISTS (SELECT 1 FROM ada a WHERE a.kode_unit = w.kode_unit AND left(a.periode, 4) = CAST(w.tahun AS VARCHAR)
                                          AND list_contains(w.tabel, a.tabel))
), triwulan AS (
  SELECT a.kode_unit, left(a.periode, 4) AS tahun, w.sumber, w.nama, w.nama_en, w.ruginya, w.ruginya_en,
         CAST(right(a.periode, 1) AS INTEGER) AS ke, max(CAST(right(a.periode, 1) AS INTEGER)) OVER satu AS akhir,
         list(CAST(right(a.periode, 1) AS INTEGER)) OVER satu AS ada
  FROM ada a
  JOIN kewajiban w ON list_contains(w.tabel, a.tabel)
  WHERE regexp_full_match(a.periode, '\d{4}-TW[1-4]')
  WINDOW satu AS (PARTITION BY a.kode_unit, left(a.periode, 4), w.sumber)
), bolong AS (
  SELECT DISTINCT kode_unit, tahun || '-TW' || n AS periode, sumber, nama, nama_en, ruginya, ruginya_en
  FROM (SELECT *, unnest(list_filter(range(list_min(ada) + 1, akhir), lambda x: NOT list_contains(ada, x))) AS n FROM triwulan)
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, NULL AS berkas_id, NULL AS lembar, NULL AS tabel_ke, NULL AS baris,
       count(*) AS jumlah,
       array_to_string(list(nama || ' (' || jatuh_tempo || ')' ORDER BY sumber), '; ') AS daftar,
       array_to_string(list(nama_en ORDER BY sumber), '; ') AS daftar_en,
       array_to_string(list(ruginya ORDER BY sumber), '; ') AS ruginya,
       array_to_string(list(ruginya_en ORDER BY sumber), '; ') AS ruginya_en
FROM kurang GROUP BY kode_unit, tahun
UNION ALL
SELECT kode_unit, periode, NULL, NULL, NULL, NULL, count(*),
       array_to_string(list(nama || ' (triwulan sebelum dan sesudahnya ada)' ORDER BY sumber), '; '),
       array_to_string(list(nama_en ORDER BY sumber), '; '), array_to_string(list(ruginya ORDER BY sumber), '; '),
       array_to_string(list(ruginya_en ORDER BY sumber), '; ')
FROM bolong GROUP BY kode_unit, periode
