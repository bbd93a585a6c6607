-- A printed grade is that of its index. The letter counts where one stands, else the words.
WITH tercetak AS (
  SELECT *, coalesce(nullif(regexp_extract(upper(trim(mutu)), '^([A-D])(?:[^A-Z]|$)', 1), ''), '') AS huruf,
         nama_polos(mutu) AS kata
  FROM clean_pembanding
  WHERE mutu IS NOT NULL AND nilai BETWEEN 25 AND 100 AND kode_indikator IN ('ikm', 'ikm_daerah')
), benar AS (
  SELECT t.*, a.mutu AS mutu_benar, a.kinerja, a.mulai
  FROM tercetak t
  JOIN ambang_mutu a ON CAST(t.nilai AS DECIMAL(20, 2)) >= a.mulai
  QUALIFY row_number() OVER (PARTITION BY t.berkas_id, t.lembar, t.tabel_ke, t.baris ORDER BY a.mulai DESC) = 1
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, 'mutu' AS field,
       mutu AS tertulis, mutu_benar || ' (' || kinerja || ')' AS seharusnya,
       nama_indikator(kode_indikator, indikator) AS indikator, nama, teks(nilai) AS nilai, teks(mulai) AS mulai,
       [sel(berkas_id, lembar, tabel_ke, baris, 'nilai')] AS terkait
FROM benar
WHERE CASE WHEN huruf <> '' THEN huruf <> mutu_benar
           -- Words of no band are told by pembanding_mutu_dikenal.
           ELSE kata <> nama_polos(kinerja) AND kata IN (SELECT nama_polos(kinerja) FROM ambang_mutu) END
