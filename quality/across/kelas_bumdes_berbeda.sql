-- Score, concluded class and marked column of a BUM Desa say the same class.
WITH tercetak AS (
  SELECT c.*, b.kelas AS kelas, u.kolom AS kolom,
         CASE u.kolom WHEN 'kelas_tercetak' THEN c.kelas_tercetak ELSE c.bendera END AS kata
  FROM clean_bumdes c
  JOIN bumdes b ON b.bumdes_id = c.bumdes_id AND b.tahun = c.tahun
  CROSS JOIN (VALUES ('kelas_tercetak'), ('bendera')) u(kolom)
  WHERE b.kelas IS NOT NULL
)
SELECT kode_unit, CAST(tahun AS VARCHAR) AS periode, berkas_id, lembar, tabel_ke, baris, kolom AS field,
       kata AS tertulis, kelas AS seharusnya, nama, coalesce(desa, kode_desa) AS desa, nilai,
       [sel(berkas_id, lembar, tabel_ke, baris, 'nilai')] AS terkait,
       -- This BUM Desa is withheld alone (contract 4), not what counts it.
       ['bumdes|bumdes_id=' || bumdes_id || ';tahun=' || tahun || '|.'] AS figures,
       true AS hanya_angka
FROM tercetak
WHERE nama_polos(kata) <> nama_polos(kelas)
