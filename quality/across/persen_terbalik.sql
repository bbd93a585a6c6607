-- An achievement printed as target over realisation. Where lower is better that may be meant, so such
-- indicators are not judged.
WITH turun AS (
  SELECT DISTINCT kode_indikator FROM clean_target WHERE arah = 'turun'
), tercetak AS (
  SELECT p.*, max(desimal(capaian_tercetak)) OVER (PARTITION BY berkas_id, lembar, tabel_ke, p.kode_indikator) AS d
  FROM clean_pembanding p ANTI JOIN turun t ON t.kode_indikator = p.kode_indikator
  WHERE capaian_tercetak IS NOT NULL AND target > 0 AND nilai > 0
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris,
       'capaian_tercetak' AS field, teks_kolom(capaian_tercetak, d) || '%' AS tertulis, persen_dari(nilai, target) AS seharusnya,
       capaian_tercetak - persen_dari(nilai, target) AS selisih, nama,
       nama_indikator(kode_indikator, indikator) AS indikator,
       coalesce(target_teks, teks(target)) AS target,
       coalesce(nilai_teks, teks(nilai)) AS realisasi,
       [sel(berkas_id, lembar, tabel_ke, baris, 'target'), sel(berkas_id, lembar, tabel_ke, baris, 'nilai')] AS terkait
FROM tercetak
WHERE NOT nilai_cocok(capaian_tercetak, nilai, target, satuan_persen(d))
  AND nilai_cocok(capaian_tercetak, target, nilai, satuan_persen(d))
