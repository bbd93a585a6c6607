-- A figure of another unit that a report cites is the one computed from that unit's own export: of the cited
-- year, or, where no year is cited, of the latest year up to the report's.
WITH kutipan AS (
  SELECT *, max(desimal(nilai)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, kode_indikator) AS d
  FROM clean_pembanding WHERE nilai IS NOT NULL AND starts_with(lingkup, 'kutipan:')
), dihitung AS (
  SELECT * FROM realisasi_iku WHERE realisasi IS NOT NULL AND length(periode) = 4
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
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, 'nilai' AS field,
       coalesce(nilai_teks, teks(nilai)) AS tertulis,
       CASE WHEN k_hitung IS NOT NULL AND n_hitung IS NOT NULL
            THEN CAST(k_hitung AS BIGINT) || ' dari ' || CAST(n_hitung AS BIGINT)
                 || CASE WHEN kode_indikator LIKE '%\_desa\_%' ESCAPE '\' THEN ' desa' ELSE '' END
            ELSE teks(CAST(hitung AS DECIMAL(20, 2))) END AS seharusnya,
       CAST(nilai - hitung AS DECIMAL(20, 4)) AS selisih,
       nama, nama_indikator(kode_indikator, indikator) AS indikator, tahun_ekspor, [angka] AS figures
FROM pasangan
WHERE CASE WHEN pembilang IS NOT NULL AND penyebut > 0 AND k_hitung IS NOT NULL AND n_hitung > 0
           THEN CAST(pembilang AS DECIMAL(19, 2)) * CAST(n_hitung AS DECIMAL(18, 0))
                <> CAST(k_hitung AS DECIMAL(18, 0)) * CAST(penyebut AS DECIMAL(19, 2))
           ELSE abs(nilai - hitung) >= satuan(least(d, 4)) END
  -- What another permitted choice gives is no contradiction: the peer may have chosen so.
  AND NOT list_contains(regexp_extract_all(coalesce(peka, ''), ': (-?[0-9.,]+)', 1),
                        replace(CAST(CAST(nilai AS DECIMAL(20, 2)) AS VARCHAR), '.', ','))
