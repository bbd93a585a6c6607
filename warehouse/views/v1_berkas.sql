-- Satu berkas yang diterima.
CREATE VIEW v1_berkas AS
SELECT
  berkas_id,
  nama,
  sumber,
  tata_letak,
  kode_unit,
  periode,
  ukuran,
  diterima_pada,
  asal,
  status,
  alasan,
  digantikan_oleh
FROM berkas;
