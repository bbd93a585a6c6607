"""A table and a figure of the report as markup: header cells with scope, spans, how a figure is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from assets.publish.bab_iii.blocks import Angka, Kalimat, Sel, Tabel, teks
from assets.publish.bab_iii.placing import Placed, place
from assets.publish.way_back import assets


def anchor(kind: str, key: str) -> str:
    """The address of a table or chart within the page."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}"


def inline(figure: Angka, *, opens: bool) -> str:
    """A figure among words: with its address, and marked where it is withheld or old.

    Args:
        figure: the figure.
        opens: the page holds its way back, so that it may be opened.
    """
    shown = escape(figure.teks)
    if (address := figure.alamat) is not None:
        shown = (
            assets.button(address.tabel, address.baris, address.kolom, figure.teks)
            if opens
            else f'<span data-asal="{escape(str(address))}">{shown}</span>'
        )
    if figure.keadaan in ("ditahan", "basi"):
        told = escape(figure.alasan or figure.keadaan)
        mark = " (basi)" if figure.keadaan == "basi" else ""
        return f'<span class="{figure.keadaan}" title="{told}">{shown}{mark}</span>'
    return shown


def words(said: Kalimat, *, opens: bool) -> str:
    """Words and figures as markup; a bracket or full stop stays on the line of its figure."""
    parts = ["", *said, ""]
    made = []
    for before, part, after in zip(parts, said, parts[2:], strict=False):
        if isinstance(part, Angka):
            edges = escape(_opening(before)), escape(_closing(after))
            figure = inline(part, opens=opens).join(edges)
            made.append(f'<span class="utuh">{figure}</span>' if any(edges) else figure)
        else:
            start = len(_closing(part)) if isinstance(before, Angka) else 0
            end = len(part) - (len(_opening(part)) if isinstance(after, Angka) else 0)
            made.append(escape(part[start : max(start, end)]))
    return "".join(made)


def _opening(part: str | Angka) -> str:
    """The brackets before a figure, which may not be parted from it by the end of a line."""
    return part[len(part.rstrip("(")) :] if isinstance(part, str) else ""


def _closing(part: str | Angka) -> str:
    return part[: len(part) - len(part.lstrip(").,;:%"))] if isinstance(part, str) else ""


def table(made: Tabel, *, opens: bool) -> str:
    """The table with its caption, and what is said below it."""
    columns = len(made.kolom)
    head = _rows(made, place(made.kepala, columns), len(made.kepala), opens, head=True)
    body = _rows(made, place(made.baris, columns), len(made.baris), opens, head=False)
    whole = sum(c.lebar for c in made.kolom)
    widths = "".join(f'<col style="width:{c.lebar / whole:.1%}">' for c in made.kolom)
    name = f"Tabel {made.nomor}"
    title = escape(f"{name} {made.judul}")
    notes = "".join(f'<p class="catatan">{words(n, opens=opens)}</p>' for n in made.catatan)
    source = f'<p class="sumber">Sumber: {escape(made.sumber)}</p>' if made.sumber else ""
    return (
        f'<div class="tabel{" mendatar" if made.mendatar else ""}" id="{anchor("tabel", made.kunci)}" '
        f'data-nama="{name}"><div class="scroll" role="region" tabindex="0" aria-label="{title}">\n'
        f'<table border="1"><caption><span>{title}</span></caption><colgroup>{widths}</colgroup>\n'
        f"<thead>{''.join(head)}</thead>\n<tbody>{''.join(body)}</tbody></table></div>\n{notes}{source}</div>\n"
    )


def _rows(made: Tabel, placed: list[Placed], count: int, opens: bool, *, head: bool) -> Iterator[str]:
    for row in range(count):
        cells = [p for p in placed if p.row == row]
        total = not head and row >= count - made.jumlah
        named = None if head else _naming(cells)
        said = "".join(_cell(p, made, opens, head=head, names=p is named, total=total) for p in cells)
        marked = ' class="jumlah"' if total else ""
        yield f"<tr{marked}>{said}</tr>\n"


def _naming(cells: list[Placed]) -> Placed | None:
    """The cell that names its row: the last with words before the first figure of the warehouse."""
    found = None
    for placed in cells:
        if any(isinstance(p, Angka) and p.alamat for p in placed.cell.isi):
            break
        if teks(placed.cell.isi).strip():
            found = placed
    return found


def _cell(placed: Placed, made: Tabel, opens: bool, *, head: bool, names: bool, total: bool) -> str:
    cell = placed.cell
    spans = _spans(cell)
    said_in = words(cell.isi, opens=opens)
    if head:
        return f'<th scope="{"colgroup" if cell.kolom > 1 else "col"}"{spans}>{said_in}</th>'
    side = cell.rata or made.kolom[placed.column].rata
    classes = [side] * (side != "kiri") + ["tebal"] * (cell.tebal or total)
    said = f' class="{" ".join(classes)}"' if classes else ""
    if names:
        return f'<th scope="{"rowgroup" if cell.baris > 1 else "row"}"{said}{spans}>{said_in}</th>'
    return f"<td{said}{spans}>{said_in}</td>"


def _spans(cell: Sel) -> str:
    across = f' colspan="{cell.kolom}"' if cell.kolom > 1 else ""
    return across + (f' rowspan="{cell.baris}"' if cell.baris > 1 else "")
