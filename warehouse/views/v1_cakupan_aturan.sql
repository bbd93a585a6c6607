-- Satu aturan yang dijalankan atas satu tabel.
CREATE VIEW v1_cakupan_aturan AS
SELECT
  aturan,
  tabel,
  dinilai,
  pelanggar
FROM cakupan_aturan;
