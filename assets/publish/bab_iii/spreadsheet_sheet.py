"""One table of the report on its sheet: header, cells with numbers and formulas, what is said below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from assets.publish.bab_iii.blocks import Angka, Dokumen, Kalimat, Rata, Tabel, teks
from assets.publish.bab_iii.live import agrees
from assets.publish.bab_iii.placing import Placed, place
from assets.publish.bab_iii.spreadsheet_number import Number, number
from assets.publish.cells import safe_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

INDEX = "Daftar isi"
HEAD_ROW = 2  # the title and a way back to the index stand above it
_LETTERS = {False: 100, True: 150}  # of a page, upright and landscape
_NARROWEST, _WIDEST = 5, 60
_LINE = 15  # points
# Pixels of Arial 10, and of the digit in which widths of columns are counted.
_DIGIT, _SPACE, _SLIM, _BROAD, _CAPITAL, _OTHER = 7, 3.7, 4.2, 11.3, 9.4, 7.4
_NAMED = re.compile(r"\{(\w+)(:atas)?\}")  # as in ``Sel.rumus``
_ALIGN: Mapping[Rata, str] = {"kiri": "left", "tengah": "center", "kanan": "right"}


@dataclass(frozen=True)
class Stood:
    """A figure with the sheet and cell it stands in."""

    sheet: str
    cell: str
    figure: Angka


class Look:
    """Formats of the workbook, each made once; colours survive a black-and-white printer."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **said: object) -> Format:
        """The format with these properties, in the letters of the whole workbook."""
        whole = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True} | said
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def link(self) -> Format:
        """A link on its own, not wrapped into its narrow column."""
        return self.of(font_color="#0B5394", underline=1, text_wrap=False)

    def cell(self, **said: object) -> Format:
        """A cell inside a table."""
        return self.of(border=1, border_color="#808080", **said)


def write(sheet: Worksheet, table: Tabel, document: Dokumen, look: Look) -> list[Stood]:
    """Fill a sheet with a table.

    Returns:
        Where each figure with an address stands.

    Raises:
        DefinitionBroken: a formula of the table is none, or names a column that is not there.
        DoesNotFit: its cells do not fill its columns.
    """
    return _Sheet(sheet, table, look).written(document)


class _Sheet:
    def __init__(self, sheet: Worksheet, table: Tabel, look: Look) -> None:
        self._sheet, self._table, self._look = sheet, table, look
        self._first = HEAD_ROW + len(table.kepala)  # row of the first data cell
        self._head = place(table.kepala, len(table.kolom))
        self._body = place(table.baris, len(table.kolom))
        self._at = {(p.row, p.column): p for p in self._body}
        self._numbers = {at: number(p.cell.isi) for at, p in self._at.items()}
        self._column = {c.nama: n for n, c in enumerate(table.kolom)}
        self._widths = self._fitting()

    def written(self, document: Dokumen) -> list[Stood]:
        last = len(self._table.kolom) - 1
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, width)
        title = f"Tabel {self._table.nomor} {self._table.judul}"
        self._band(0, title, self._look.of(bold=True, font_size=12), last)
        self._sheet.write_url(1, 0, f"internal:'{INDEX}'!A1", self._look.link(), f"Kembali ke {INDEX}")
        for placed in self._head:
            style = self._look.cell(bold=True, bg_color="#DDE6EE", align="center", valign="vcenter")
            self._put(HEAD_ROW, placed, style)
        for placed in self._body:
            self._cell(placed)
        self._heights(HEAD_ROW, self._head, len(self._table.kepala))
        self._heights(self._first, self._body, len(self._table.baris))
        self._below(self._first + len(self._table.baris), last)
        self._on_paper(document)
        return list(self._stood())

    def _cell(self, placed: Placed) -> None:
        cell, held = placed.cell, self._numbers[placed.row, placed.column]
        align = cell.rata or self._table.kolom[placed.column].rata
        total = placed.row >= len(self._table.baris) - self._table.jumlah
        said: dict[str, object] = {"align": _ALIGN[align], "bold": cell.tebal or total}
        said |= {"bg_color": "#F2F2F2"} if total else {}
        said |= {"indent": 1} if align == "kanan" else {}
        figures = [p for p in cell.isi if isinstance(p, Angka)]
        states = {f.keadaan for f in figures}
        said |= {"italic": True} if states & {"ditahan", "basi"} else {}
        if held is None:
            self._put(self._first, placed, self._look.cell(**said))
        else:
            self._put_number(placed, held, self._look.cell(**said, num_format=held.pattern))
        notes = [f"{f.keadaan}: {f.alasan}" for f in figures if f.keadaan in ("ditahan", "basi") and f.alasan]
        if notes:
            self._note(placed, "\n".join(notes))

    def _put(self, above: int, placed: Placed, style: Format) -> None:
        row, column, cell = above + placed.row, placed.column, placed.cell
        self._merged(row, placed, style)
        if words := teks(cell.isi):
            self._sheet.write_string(row, column, safe_text(words), style)
        else:
            self._sheet.write_blank(row, column, None, style)

    def _put_number(self, placed: Placed, held: Number, style: Format) -> None:
        row = self._first + placed.row
        self._merged(row, placed, style)
        rumus = placed.cell.rumus
        if rumus and self._agrees(placed.row, rumus, held):
            self._sheet.write_formula(row, placed.column, self._live(placed.row, rumus), style, held.value)
        else:
            self._sheet.write_number(row, placed.column, held.value, style)

    def _merged(self, row: int, placed: Placed, style: Format) -> None:
        cell = placed.cell
        if cell.kolom > 1 or cell.baris > 1:
            down, right = row + cell.baris - 1, placed.column + cell.kolom - 1
            self._sheet.merge_range(row, placed.column, down, right, "", style)

    def _note(self, placed: Placed, words: str) -> None:
        lines = sum(ceil(len(line) / 38) or 1 for line in words.splitlines())
        size = {"width": 260, "height": 20 + 16 * lines}
        at = (self._first + placed.row, placed.column)
        self._sheet.write_comment(*at, words, {"author": "lumbung", **size})

    # --- formulas -------------------------------------------------------------------------------------

    def _agrees(self, row: int, rumus: str, held: Number) -> bool:
        """Whether the cells that really stand in the sheet give the figure; a cell under a span is empty."""
        cells = {name: self._value(row, at) for name, at in self._column.items()}
        ranges = {n: [self._value(r, at) for r in range(self._above(row))] for n, at in self._column.items()}
        return agrees(rumus, cells, ranges, held.figure.nilai)

    def _live(self, row: int, rumus: str) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell as a1

        def cell(name: str) -> str:
            return str(a1(self._first + row, self._column[name]))

        def above(name: str) -> str:
            last = self._first + self._above(row) - 1
            return f"{a1(self._first, self._column[name])}:{a1(last, self._column[name])}"

        return "=" + _NAMED.sub(lambda m: above(m[1]) if m[2] else cell(m[1]), rumus)

    def _above(self, row: int) -> int:
        """How many rows of data stand above; totals are none."""
        return min(row, len(self._table.baris) - self._table.jumlah)

    def _value(self, row: int, column: int) -> Decimal | int | None:
        held = self._numbers.get((row, column))
        return None if held is None else held.figure.nilai

    # --- the page -------------------------------------------------------------------------------------

    def _fitting(self) -> list[float]:
        """Widths in letters: the shares of the table, but every number whole and no word broken."""
        table = self._table
        whole = sum(c.lebar for c in table.kolom)
        widths = [max(_NARROWEST, _LETTERS[table.mendatar] * c.lebar / whole) for c in table.kolom]
        for placed in (*self._head, *self._body):
            if placed.cell.kolom == 1:
                said = teks(placed.cell.isi)
                numeric = placed in self._body and self._numbers[placed.row, placed.column] is not None
                longest = len(said) if numeric else max((len(w) for w in said.split()), default=0)
                widths[placed.column] = max(widths[placed.column], min(longest + 3, _WIDEST))
        return widths

    def _heights(self, above: int, placed: Sequence[Placed], rows: int) -> None:
        """Written out, since programs fit no merged cell and LibreOffice not even plain ones of a file."""
        for row in range(rows):
            lines = [
                self._lines(teks(p.cell.isi), sum(self._widths[p.column : p.column + p.cell.kolom]))
                / p.cell.baris
                for p in placed
                if p.row <= row < p.row + p.cell.baris
            ]
            self._sheet.set_row(above + row, _LINE * ceil(max(lines)))

    @staticmethod
    def _lines(words: str, width: float) -> int:
        """How many lines words take in a column, broken between words."""
        room = width * _DIGIT
        lines, used = 1, 0.0
        for word in words.split():
            size = sum(_pixels(letter) for letter in word)
            if used and used + _SPACE + size > room:
                lines, used = lines + 1, 0.0
            used += size + (_SPACE if used else 0)
        return lines

    def _band(self, row: int, words: str, style: Format, last: int) -> None:
        """Words across the whole table."""
        if last:
            self._sheet.merge_range(row, 0, row, last, "", style)
        self._sheet.write_string(row, 0, safe_text(words), style)
        lines = self._lines(words, sum(self._widths) * (0.75 if row == 0 else 1.1))
        self._sheet.set_row(row, (_LINE + 2) * lines if row == 0 else _LINE * lines)

    def _below(self, row: int, last: int) -> None:
        said: list[Kalimat] = [*self._table.catatan_terdahulu, *self._table.catatan]
        if self._table.sumber:
            said.append((f"Sumber: {self._table.sumber}",))
        for at, sentence in enumerate(said, row + 1):
            self._band(at, teks(sentence), self._look.of(italic=True, font_size=9), last)

    def _on_paper(self, document: Dokumen) -> None:
        """A4, one page wide, the header on every page, whose and which page at its foot."""
        sheet = self._sheet
        if self._table.mendatar:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW, self._first - 1)
        sheet.freeze_panes(self._first, 0)
        sheet.hide_gridlines(2)
        sheet.center_horizontally()
        whose = document.anak_judul.replace("&", "&&")[:150]
        sheet.set_footer(f"&L&8{whose}&C&8Tabel {self._table.nomor}&R&8Halaman &P dari &N")
        area = f"A1:{_letter(len(self._table.kolom))}{self._first + len(self._table.baris)}"
        sheet.ignore_errors({"number_stored_as_text": area, "formula_range": area, "formula_differs": area})

    def _stood(self) -> Iterator[Stood]:
        from xlsxwriter.utility import xl_rowcol_to_cell as a1

        for above, cells in ((HEAD_ROW, self._head), (self._first, self._body)):
            for placed in cells:
                for figure in placed.cell.isi:
                    if isinstance(figure, Angka) and figure.alamat is not None:
                        yield Stood(
                            self._sheet.get_name(), str(a1(above + placed.row, placed.column)), figure
                        )


def _pixels(letter: str) -> float:
    if letter in "ijlftr.,:;'()|/-":
        return _SLIM
    if letter in "mwMW":
        return _BROAD
    return _CAPITAL if letter.isupper() else _OTHER


def _letter(columns: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(columns - 1))
