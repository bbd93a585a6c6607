-- Satu masukan dari satu angka terbit.
CREATE VIEW v1_jejak AS
SELECT
  tabel,
  kunci,
  kolom,
  urut,
  rumus,
  peran,
  nilai,
  jenis,
  berkas_id,
  lembar,
  sel,
  rujuk_tabel,
  rujuk_kunci,
  rujuk_kolom,
  koreksi_id
FROM jejak;
