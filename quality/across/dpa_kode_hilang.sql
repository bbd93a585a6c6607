-- A code that the first budget holds stands in the changed one too, with 0 if it was dropped: a list of changes
-- only is not the budget. Judged at the levels that the changed budget prints.
WITH kode AS (
  SELECT * FROM clean_dpa WHERE kode <> 'TOTAL' AND NOT starts_with(kode, 'nama:')
), hilang AS (
  SELECT m.* FROM kode m
  ANTI JOIN kode p ON p.kode_unit = m.kode_unit AND p.tahun = m.tahun AND p.pohon = m.pohon AND p.kode = m.kode
                  AND p.tahap = 'perubahan'
  WHERE m.tahap = 'murni' AND m.pagu <> 0
    AND (m.kode_unit, m.tahun, m.pohon, m.tingkat) IN
        (SELECT (kode_unit, tahun, pohon, tingkat) FROM kode WHERE tahap = 'perubahan')
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, arg_min(berkas_id, urut) AS berkas_id,
       arg_min(lembar, urut) AS lembar, arg_min(tabel_ke, urut) AS tabel_ke, arg_min(baris, urut) AS baris,
       'pagu_murni' AS field, arg_min(pagu, urut) AS tertulis, count(*) AS jumlah, pohon AS pohon,
       beberapa(list(coalesce(uraian, kode) || ' (' || kode || ')' ORDER BY urut), 3) AS daftar,
       list(sel(berkas_id, lembar, tabel_ke, baris, 'pagu_murni') ORDER BY urut)[2:21] AS terkait
FROM (SELECT *, (length(kode), kode) AS urut FROM hilang)
GROUP BY kode_unit, tahun, pohon
