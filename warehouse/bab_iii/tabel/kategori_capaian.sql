SELECT
  regexp_extract(bagian, '^([A-Za-z ]+?) *(>.*)?$', 1) AS kategori,
  coalesce(nullif(regexp_extract(bagian, '(>.*)$', 1), ''), 'selebihnya') AS rentang
FROM (
  SELECT
    replace(unnest(string_split(rumus, '; ')), 'selebihnya ', '') AS bagian,
    unnest(range(len(string_split(rumus, '; ')))) AS urut
  FROM katalog_rumus
  WHERE id = 'kategori'
)
ORDER BY urut;
