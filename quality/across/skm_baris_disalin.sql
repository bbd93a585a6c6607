-- Blocks of respondents that repeat a block further up, or of another sheet of the same period; a whole sheet sent
-- twice is told by skm_lembar_sama. One finding for each sheet.
WITH blok AS (
  SELECT *, sum(banyak) OVER (PARTITION BY lembar_ke, lembar_lama) AS sama FROM salinan_skm
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, arg_max(baris, banyak) AS baris,
       arg_max(sampai_baris, banyak) AS sampai_baris, 'u1' AS field, CAST(sum(banyak) AS BIGINT) AS jumlah, CAST(count(*) AS VARCHAR) AS blok,
       CAST(max(banyak) AS VARCHAR) AS terpanjang, CAST(any_value(n) AS VARCHAR) AS n,
       [arg_max(sel(berkas_lama, nama_lembar_lama, tabel_lama, baris_lama, 'u1'), banyak)] AS terkait
FROM blok
WHERE lembar_ke = lembar_lama
   OR (kode_unit = unit_lama AND periode = periode_lama)
   OR (2 * sama < least(n, n_lama)
       AND NOT starts_with(periode, periode_lama) AND NOT starts_with(periode_lama, periode))
GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke
