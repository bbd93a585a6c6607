"""What reading a sheet noticed: extra columns, rows that are nothing known, headers that fit nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assets.readers import private
from assets.readers.fitting import Near
from assets.readers.grid import Grid
from assets.readers.headless import Headless, headless
from assets.readers.isian import still_blank
from assets.readers.recognise import SheetReading, line
from assets.readers.rows import PrintedTable
from assets.readers.vocabulary import Form
from quality.finding import Finding

# Beside recognised tables only a header that lacks little is worth a word.
_NEAR_ENOUGH = 0.5
# Rows above a header among which its title is looked for.
_HEAD = 20
_SHOWN = 80
_LOOKS = 8  # columns described of a table without a header
_DIGIT = re.compile(r"\d")


def sheet_findings(
    grid: Grid, sheet: SheetReading, berkas_id: str, forms: Sequence[Form] = ()
) -> Iterable[Finding]:
    """All that was noticed on one sheet; ``forms`` are those that a table without a header may be."""
    for table in sheet.tables:
        if table.asing and not table.lanjutan:
            yield _foreign(grid, table, berkas_id)
        if blank := _still_blank(grid, table):
            yield _unfilled(grid, blank, berkas_id)
        if not table.lanjutan and not table.filled(grid):
            yield Finding(
                "tabel_kosong",
                berkas_id=berkas_id,
                lembar=grid.lembar,
                sel=a1(grid, *table.columns[0].head.sel),
                isi={"dikenali": table.form.tabel},
            )
        if table.tidak_dikenal:
            yield _unknown_rows(grid, table, berkas_id)
    near = max(sheet.near, key=lambda n: n.bagian, default=None)
    if near is not None and (near.bagian >= _NEAR_ENOUGH or not sheet.tables):
        yield _unfit(grid, near, sheet, berkas_id)
    elif not sheet.tables and (bare := headless(grid, forms)):
        yield _without_header(grid, bare, berkas_id)
    elif not sheet.tables and sheet.counts["tidak_dikenal"]:
        yield Finding(
            "lembar_tanpa_tabel",
            berkas_id=berkas_id,
            lembar=grid.lembar,
            jumlah=sheet.counts["tidak_dikenal"],
            isi={"contoh": shown(_first_line(grid))},
        )


def _without_header(grid: Grid, bare: Headless, berkas_id: str) -> Finding:
    looks = [f"{grid.kolom(c).rstrip('#')} berisi {look}" for c, look in bare.columns]
    return Finding(
        "tabel_tanpa_kepala",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=a1(grid, bare.first, bare.columns[0][0]),
        jumlah=bare.rows,
        isi={
            "susunan": ", ".join(looks[:_LOOKS]) + (" dst." if len(looks) > _LOOKS else ""),
            "terdekat": " atau ".join(f.tabel for f in bare.forms) or "-",
            "kepala": ", ".join(bare.wanted()) or "-",
        },
    )


def _still_blank(grid: Grid, table: PrintedTable) -> list[int]:
    """Rows of the table's own title that still hold the dots of the form."""
    known = set(table.judul)
    lines = {r: line(grid, r) for r in range(max(0, table.kepala[0] - _HEAD), max(0, table.kepala[0]))}
    blank = set(still_blank(lines.values()))
    return [r for r, text in lines.items() if text in known and text in blank]


def _unfilled(grid: Grid, rows: list[int], berkas_id: str) -> Finding:
    first = next(c for c, kind in enumerate(grid.jenis[rows[0]]) if kind != " ")
    return Finding(
        "isian_judul_kosong",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=a1(grid, rows[0], first),
        jumlah=len(rows),
        isi={"daftar": ", ".join(repr(shown(line(grid, r))) for r in rows)},
    )


def _first_line(grid: Grid) -> str:
    """How a sheet begins, if that is a title or a header; rows of a bare list may be persons."""
    first, second = ([r for r in range(len(grid.teks)) if line(grid, r)] + [None, None])[:2]
    if first is None or grid.jenis[first].strip(" t"):
        return "-"
    heads = second is not None and (
        grid.jenis[second] != grid.jenis[first] or _DIGIT.search(line(grid, second)) is not None
    )
    title = len(grid.jenis[first].replace(" ", "")) == 1
    return line(grid, first) if title or (heads and not _DIGIT.search(line(grid, first))) else "-"


def shown(text: str) -> str:
    """A printed text in a sentence: without persons, on one line, not too long."""
    tidy = private.title(" ".join(text[: 4 * _SHOWN].split()), 2 * _SHOWN)
    return tidy if len(tidy) <= _SHOWN else tidy[: _SHOWN - 3] + "..."


def _foreign(grid: Grid, table: PrintedTable, berkas_id: str) -> Finding:
    told = [f"{grid.kolom(h.kolom[0]).rstrip('#')} {shown(h.teks)!r}" for h in table.asing]
    first = table.asing[0]
    return Finding(
        "kolom_asing",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=a1(grid, *first.sel),
        jumlah=len(told),
        isi={"daftar": ", ".join(told), "dikenali": table.form.tabel},
    )


def _unknown_rows(grid: Grid, table: PrintedTable, berkas_id: str) -> Finding:
    rows = table.tidak_dikenal
    # Only what stands in columns of ours is shown: beside them there may be names.
    ours = {k for c in table.columns for k in c.kolom}
    texts = [" ".join(t.split()) for c, t in enumerate(grid.teks[rows[0]]) if c in ours and t.strip()]
    numbers = [grid.baris_awal + r for r in rows]
    more = f" dan {len(numbers) - 10} lainnya" if len(numbers) > 10 else ""
    return Finding(
        "baris_tidak_dikenal",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=f"{numbers[0]}:{numbers[0]}",
        jumlah=len(numbers),
        isi={"daftar": ", ".join(map(str, numbers[:10])) + more, "contoh": shown(" ".join(texts)) or "-"},
    )


def _unfit(grid: Grid, near: Near, sheet: SheetReading, berkas_id: str) -> Finding:
    reasons = []
    if near.melintang:
        reasons.append(
            "tabelnya melintang: nama kolom tertulis ke bawah di kolom "
            f"{grid.kolom(near.sel[1]).rstrip(chr(35))}; "
            "salin, lalu tempel khusus dengan pilihan ubah urutan (transpose)"
        )
    if near.sama:
        reasons.append(f"cocok sama baik dengan {' dan '.join(near.sama)}")
    if near.hilang:
        reasons.append(f"tidak ada kolom {', '.join(near.hilang)}")
    if near.salah_isi:
        reasons.append(f"kepala ada, tetapi isi kolomnya bukan {', '.join(near.salah_isi)}")
    if near.ganda:
        reasons.append(f"lebih dari satu kolom mungkin {', '.join(near.ganda)}")
    new = [repr(shown(t)) for t in near.baru[:12]]
    return Finding(
        "tata_letak_meragukan" if near.sama else "tata_letak_tidak_dikenal",
        berkas_id=berkas_id,
        lembar=grid.lembar,
        sel=a1(grid, *near.sel),
        jumlah=max(sheet.counts["tidak_dikenal"], 1),
        isi={
            "terdekat": near.form.tabel,
            "sebab": "; ".join(reasons) or "terlalu sedikit kepala kolom yang dikenal",
            "kepala_lain": ", ".join(new) or "-",
        },
        akibat="ingat" if sheet.tables else None,
    )


def a1(grid: Grid, r: int, c: int) -> str:
    """The cell as a person finds it."""
    return f"{grid.kolom(c)}{grid.baris_awal + r}"
