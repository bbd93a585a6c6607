-- Jawaban survei menjadi jumlah dan banyak: satu baris tiap unit, periode dan tabel asal.
-- Masukan: skm_jawaban (clean_skm_jawaban).
-- Responden dengan dua jawaban kosong atau lebih tidak dipakai (contract 3). Pasangan U8/U9 yang urutannya
-- belum diputuskan dijumlahkan tersendiri (sa, sb): IKM tidak bergantung pada urutannya, unsurnya bergantung.
WITH pasangan AS (
  SELECT
    kode_unit, periode, berkas_id, lembar, tabel_ke, baris, jawaban_ditolak,
    u1, u2, u3, u4, u5, u6, u7, u8, u9,
    CASE WHEN u8 IS NULL AND u9 IS NULL THEN u8_u9_a END AS a,
    CASE WHEN u8 IS NULL AND u9 IS NULL THEN u8_u9_b END AS b,
    CASE WHEN u8_u9_a IS NULL AND u8_u9_b IS NULL THEN 0 ELSE 1 END AS berpasangan
  FROM skm_jawaban
),
responden AS (
  SELECT
    *,
    CASE WHEN u1 IS NULL THEN 1 ELSE 0 END + CASE WHEN u2 IS NULL THEN 1 ELSE 0 END
    + CASE WHEN u3 IS NULL THEN 1 ELSE 0 END + CASE WHEN u4 IS NULL THEN 1 ELSE 0 END
    + CASE WHEN u5 IS NULL THEN 1 ELSE 0 END + CASE WHEN u6 IS NULL THEN 1 ELSE 0 END
    + CASE WHEN u7 IS NULL THEN 1 ELSE 0 END
    + CASE WHEN u8 IS NULL AND a IS NULL THEN 1 ELSE 0 END
    + CASE WHEN u9 IS NULL AND b IS NULL THEN 1 ELSE 0 END AS kosong
  FROM pasangan
)
SELECT
  kode_unit, periode, berkas_id, lembar, tabel_ke,
  CAST(min(baris) AS BIGINT) AS baris_awal,
  CAST(max(baris) AS BIGINT) AS baris_akhir,
  CAST(count(*) AS BIGINT) AS semua,
  CAST(sum(CASE WHEN jawaban_ditolak > 0 THEN 1 ELSE 0 END) AS BIGINT) AS tersentuh,
  CAST(sum(berpasangan) AS BIGINT) AS berpasangan,
  CAST(sum(CASE WHEN kosong < 2 THEN 1 ELSE 0 END) AS BIGINT) AS dipakai,
  CAST(sum(CASE WHEN kosong < 2 THEN u1 END) AS BIGINT) AS s1,
  CAST(sum(CASE WHEN kosong < 2 THEN u2 END) AS BIGINT) AS s2,
  CAST(sum(CASE WHEN kosong < 2 THEN u3 END) AS BIGINT) AS s3,
  CAST(sum(CASE WHEN kosong < 2 THEN u4 END) AS BIGINT) AS s4,
  CAST(sum(CASE WHEN kosong < 2 THEN u5 END) AS BIGINT) AS s5,
  CAST(sum(CASE WHEN kosong < 2 THEN u6 END) AS BIGINT) AS s6,
  CAST(sum(CASE WHEN kosong < 2 THEN u7 END) AS BIGINT) AS s7,
  CAST(sum(CASE WHEN kosong < 2 THEN u8 END) AS BIGINT) AS s8,
  CAST(sum(CASE WHEN kosong < 2 THEN u9 END) AS BIGINT) AS s9,
  CAST(sum(CASE WHEN kosong < 2 THEN a END) AS BIGINT) AS sa,
  CAST(sum(CASE WHEN kosong < 2 THEN b END) AS BIGINT) AS sb,
  CAST(count(CASE WHEN kosong < 2 THEN u1 END) AS BIGINT) AS n1,
  CAST(count(CASE WHEN kosong < 2 THEN u2 END) AS BIGINT) AS n2,
  CAST(count(CASE WHEN kosong < 2 THEN u3 END) AS BIGINT) AS n3,
  CAST(count(CASE WHEN kosong < 2 THEN u4 END) AS BIGINT) AS n4,
  CAST(count(CASE WHEN kosong < 2 THEN u5 END) AS BIGINT) AS n5,
  CAST(count(CASE WHEN kosong < 2 THEN u6 END) AS BIGINT) AS n6,
  CAST(count(CASE WHEN kosong < 2 THEN u7 END) AS BIGINT) AS n7,
  CAST(count(CASE WHEN kosong < 2 THEN u8 END) AS BIGINT) AS n8,
  CAST(count(CASE WHEN kosong < 2 THEN u9 END) AS BIGINT) AS n9,
  CAST(count(CASE WHEN kosong < 2 THEN a END) AS BIGINT) AS na,
  CAST(count(CASE WHEN kosong < 2 THEN b END) AS BIGINT) AS nb
FROM responden
GROUP BY kode_unit, periode, berkas_id, lembar, tabel_ke
ORDER BY
  kode_unit NULLS LAST, periode NULLS LAST, berkas_id NULLS LAST, lembar NULLS LAST, tabel_ke NULLS LAST
