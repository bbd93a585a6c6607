-- Satu nilai satu angka selama satu kurun catatan.
CREATE VIEW v1_riwayat_angka AS
SELECT
  tabel,
  kunci,
  kolom,
  nilai,
  tercatat_pada,
  digantikan_pada,
  sebab,
  alasan,
  jalan_id,
  ralat,
  alasan_ralat
FROM riwayat_angka;
