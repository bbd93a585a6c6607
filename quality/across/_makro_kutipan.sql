-- What the rules on citations share.

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
