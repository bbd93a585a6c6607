-- A sheet of answers sent for two periods (or units): half of the smaller sheet's rows and more stand in the same order
-- in both. A sheet of the year may repeat its quarters.
WITH pasangan AS (
  SELECT lembar_ke, lembar_lama, sum(banyak) AS sama, min(dari) AS dari, arg_min(kode_unit, dari) AS kode_unit,
         arg_min(periode, dari) AS periode, arg_min(berkas_id, dari) AS berkas_id, arg_min(lembar, dari) AS lembar,
         arg_min(tabel_ke, dari) AS tabel_ke, arg_min(baris, dari) AS baris, arg_max(sampai_baris, dari) AS sampai_baris,
         arg_min(unit_lama, dari) AS unit_lama, arg_min(periode_lama, dari) AS periode_lama,
         arg_min(sel(berkas_lama, nama_lembar_lama, tabel_lama, baris_lama, 'u1'), dari) AS asal, any_value(n) AS n, any_value(n_lama) AS n_lama
  FROM salinan_skm WHERE lembar_ke <> lembar_lama
  GROUP BY lembar_ke, lembar_lama
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, baris, sampai_baris, 'u1' AS field, CAST(sama AS BIGINT) AS jumlah,
       CAST(n AS VARCHAR) AS n, periode_lama AS periode_lama, unit_lama AS unit_lama, [asal] AS terkait
FROM pasangan
WHERE 2 * sama >= least(n, n_lama)
  AND (kode_unit <> unit_lama
       OR (periode <> periode_lama AND NOT starts_with(periode, periode_lama) AND NOT starts_with(periode_lama, periode)))
