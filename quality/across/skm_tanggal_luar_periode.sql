-- A survey of a period is filled in within it. One finding for each sheet.
WITH hari AS (
  SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, tanggal, count(*) AS c, min(baris) AS baris
  FROM clean_skm_jawaban WHERE tanggal IS NOT NULL
  GROUP BY ALL
)
SELECT kode_unit, periode, berkas_id, lembar, tabel_ke, min(baris) AS baris, 'tanggal' AS field,
       CAST(sum(c) AS BIGINT) AS jumlah,
       tanggal_teks(min(tanggal)) || CASE WHEN min(tanggal) < max(tanggal) THEN ' sampai ' || tanggal_teks(max(tanggal)) ELSE '' END
         AS tertulis,
       tanggal_teks(any_value(awal_periode(periode))) || ' sampai ' || tanggal_teks(any_value(akhir_periode(periode))) AS seharusnya
FROM hari
WHERE tanggal NOT BETWEEN awal_periode(periode) AND akhir_periode(periode)
GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke
