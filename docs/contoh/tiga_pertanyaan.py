# SPDX-License-Identifier: Apache-2.0
"""Tiga pertanyaan kepada data terbuka kecamatan: notebook marimo, juga skrip biasa.

    marimo edit docs/contoh/tiga_pertanyaan.py -- --terbit warehouse/terbit
    python docs/contoh/tiga_pertanyaan.py --terbit warehouse/terbit

Yang dibaca hanya berkas Parquet dalam folder ``terbit``; tidak ada angka yang ditulis di sini.
"""

import marimo

app = marimo.App(width="medium", app_title="Tiga pertanyaan kepada data kecamatan")

with app.setup:
    from decimal import Decimal
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo


@app.function
def angka(nilai: Decimal | int | None, desimal: int = 2) -> str:
    """Angka cara Indonesia: titik ribuan, koma desimal; kosong bila tidak ada."""
    if nilai is None:
        return "tidak ada"
    return f"{nilai:,.{desimal}f}".translate(str.maketrans(",.", ".,"))


@app.function
def jawab(teks: str) -> mo.Html:
    """Jawaban sebagai isi sel; bila dijalankan sebagai skrip biasa, dicetak juga."""
    if mo.app_meta().mode == "script":
        print(teks)
    return mo.md(teks)


@app.cell
def _():
    terbit = Path(mo.cli_args().get("terbit") or "warehouse/terbit")
    berkas = sorted(p.stem for p in terbit.glob("*.parquet"))
    if not berkas:
        mo.stop(True, jawab(f"Tidak ada Parquet dalam `{terbit}`. Jalankan `make run` dahulu."))
    gudang = duckdb.connect()
    for nama in berkas:
        gudang.execute(f"CREATE VIEW {nama} AS FROM '{terbit / nama}.parquet'")
    mo.md(f"# Tiga pertanyaan kepada data kecamatan\n\nDibaca: {len(berkas)} tabel dari `{terbit}`.")
    return (gudang,)


@app.cell
def _():
    mo.md("""
    ## 1. Kecamatan mana yang banyak membelanjakan, sedikit mencapai?

    Serapan seluruh anggaran di samping rata-rata capaian indikatornya, tahun per tahun. Pada baris teratas
    capaian paling sedikit melampaui serapan (atau paling jauh di bawahnya). Serapan rendah bukan kesalahan,
    dan capaian tinggi dapat berasal dari target yang rendah: yang terlihat ialah di mana harus bertanya,
    bukan jawabannya.
    """)
    return


@app.cell
def _(gudang):
    boros = gudang.sql("""
        SELECT s.kode_unit, s.periode AS tahun, s.pagu, s.realisasi, s.serapan_persen,
          c.rata_capaian, c.n AS indikator, c.rata_capaian - s.serapan_persen AS selisih,
          (SELECT string_agg(i.indikator, ', ' ORDER BY i.capaian_persen) FROM capaian_iku AS i
            WHERE i.kode_unit = s.kode_unit AND i.periode = s.periode AND NOT i.tercapai) AS belum_tercapai
        FROM serapan_program AS s
        INNER JOIN capaian_ringkasan AS c USING (kode_unit, periode)
        WHERE s.kode = 'TOTAL' AND length(s.periode) = 4
          AND s.status_terbit = 'terbit' AND c.status_terbit = 'terbit'
          AND s.serapan_persen IS NOT NULL AND c.rata_capaian IS NOT NULL
        ORDER BY selisih, s.kode_unit, tahun
    """).to_arrow_table()
    jawaban_1 = boros.to_pylist()
    if not jawaban_1:
        mo.stop(True, jawab("Belum ada kecamatan dengan serapan dan capaian pada tahun yang sama."))
    _atas = jawaban_1[0]
    mo.vstack(
        [
            jawab(
                f"**{_atas['kode_unit']}** tahun {_atas['tahun']}: "
                f"serapan {angka(_atas['serapan_persen'])}%, "
                f"rata-rata capaian {angka(_atas['rata_capaian'])}% dari {_atas['indikator']} indikator; "
                f"belum tercapai: {_atas['belum_tercapai'] or 'tidak ada'}."
            ),
            mo.ui.table(boros, selection=None),
        ]
    )
    return (jawaban_1,)


@app.cell
def _():
    mo.md("""
    ## 2. Desa mana yang paling dekat dengan status berikutnya?

    Dari pengukuran terakhir tiap kecamatan. Jarak Indeks Desa (0 sampai 100) dan IDM (0 sampai 1) tidak dapat
    dibandingkan satu dengan yang lain, karena itu peringkatnya per metode.
    """)
    return


@app.cell
def _(gudang):
    dekat = gudang.sql("""
        WITH terakhir AS (
          SELECT kode_unit, max(tahun) AS tahun FROM status_desa
          WHERE status_terbit = 'terbit' AND kode_unit IN (SELECT kode_unit FROM capaian_iku)
          GROUP BY kode_unit
        )
        SELECT d.kode_unit, d.kode_desa, d.desa, d.tahun, d.metode, d.status, d.skor,
          d.jarak_naik, d.poin_naik,
          rank() OVER (PARTITION BY d.kode_unit, d.metode ORDER BY d.jarak_naik) AS urutan
        FROM status_desa AS d
        INNER JOIN terakhir USING (kode_unit, tahun)
        WHERE d.jarak_naik IS NOT NULL AND d.status_terbit = 'terbit'
        QUALIFY urutan <= 3
        ORDER BY d.kode_unit, d.metode, urutan, d.kode_desa
    """).to_arrow_table()
    jawaban_2 = dekat.to_pylist()
    mo.vstack(
        [
            jawab(
                "\n".join(
                    f"- **{d['desa']}** ({d['kode_unit']}, {d['metode']} {d['tahun']}): {d['status']}, "
                    f"kurang {angka(d['jarak_naik'], 2 if d['metode'] == 'INDEKS_DESA' else 4)}"
                    + (f" atau {d['poin_naik']} poin" if d["poin_naik"] is not None else "")
                    for d in jawaban_2
                    if d["urutan"] == 1
                )
                or "Tidak ada desa yang masih dapat naik pada pengukuran terakhir."
            ),
            mo.ui.table(dekat, selection=None),
        ]
    )
    return (jawaban_2,)


@app.cell
def _():
    mo.md("""
    ## 3. Apa yang menarik IKM turun?

    IKM adalah jumlah nilai unsur dikali bobotnya, dikali 25; karena itu perubahan IKM antara periode survei
    pertama dan terakhir dalam setahun terbagi habis menurut unsur. Hanya periode yang unsurnya terbit semua.
    """)
    return


@app.cell
def _(gudang):
    sumbangan = gudang.sql("""
        WITH lengkap AS (
          SELECT u.kode_unit, u.periode, left(u.periode, 4) AS tahun FROM ikm_unsur AS u
          WHERE length(u.periode) > 4 AND u.nrr IS NOT NULL
          GROUP BY u.kode_unit, u.periode HAVING count(*) = 9
        ),
        ujung AS (
          SELECT kode_unit, tahun, min(periode) AS awal, max(periode) AS akhir FROM lengkap
          GROUP BY kode_unit, tahun HAVING count(*) > 1
        )
        SELECT j.kode_unit, j.awal, j.akhir, b.unsur, b.nama_unsur, a.nrr AS nrr_awal, b.nrr AS nrr_akhir,
          CAST((b.nrr - a.nrr) * i.bobot AS DECIMAL(24, 12)) * 25 AS sumbangan
        FROM ujung AS j
        INNER JOIN ikm_unsur AS a ON a.kode_unit = j.kode_unit AND a.periode = j.awal
        INNER JOIN ikm_unsur AS b
          ON b.kode_unit = j.kode_unit AND b.periode = j.akhir AND b.unsur = a.unsur
        INNER JOIN ikm AS i ON i.kode_unit = j.kode_unit AND i.periode = j.akhir
        ORDER BY j.kode_unit, j.awal, sumbangan, b.unsur
    """).to_arrow_table()
    jawaban_3 = sumbangan.to_pylist()
    if not jawaban_3:
        mo.stop(True, jawab("Belum ada dua periode survei dengan semua unsur pada tahun yang sama."))
    _pertama = jawaban_3[0]
    _satu = [s for s in jawaban_3 if all(s[k] == _pertama[k] for k in ("kode_unit", "awal"))]
    _jumlah = sum(s["sumbangan"] for s in _satu)
    _grafik = (
        alt.Chart(alt.Data(values=[{**s, "sumbangan": float(s["sumbangan"])} for s in _satu]))
        .mark_bar()
        .encode(
            x=alt.X("sumbangan:Q", title="Sumbangan pada perubahan IKM"),
            y=alt.Y("nama_unsur:N", sort="x", title=None),
        )
    )
    mo.vstack(
        [
            jawab(
                f"**{_pertama['kode_unit']}**, {_pertama['awal']} ke {_pertama['akhir']}: IKM berubah "
                f"{angka(_jumlah)}; yang paling menarik turun **{_pertama['nama_unsur']}** "
                f"({angka(_pertama['sumbangan'])}, dari {angka(_pertama['nrr_awal'], 3)} menjadi "
                f"{angka(_pertama['nrr_akhir'], 3)})."
            ),
            mo.ui.altair_chart(_grafik),
            mo.ui.table(sumbangan, selection=None),
        ]
    )
    return (jawaban_3,)


if __name__ == "__main__":
    app.run()
