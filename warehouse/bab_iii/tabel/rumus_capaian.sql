SELECT
  CASE r.id WHEN 'capaian_naik' THEN 'Makin tinggi realisasi makin baik' ELSE 'Makin rendah realisasi makin baik' END
    AS kondisi,
  r.rumus,
  r.dasar_hukum,
  (
    SELECT count(*) FROM v1_capaian_iku AS c
    WHERE c.kode_unit = $kode_unit AND c.periode = $periode AND 'capaian_' || coalesce(c.arah, 'naik') = r.id
  ) AS banyak
FROM katalog_rumus AS r
WHERE r.id IN ('capaian_naik', 'capaian_turun')
ORDER BY r.id;
