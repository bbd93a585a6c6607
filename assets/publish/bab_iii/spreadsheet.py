"""The report as a workbook: one sheet a table, an index, the charts, and where every figure is from.

Numbers are numbers, in Indonesian format. Totals and percentages are live formulas, each with its value
beside it: a telephone's preview, pandas and our own door read that, a spreadsheet reckons it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.publish.bab_iii import spreadsheet_sheet
from assets.publish.bab_iii.blocks import Angka, Dokumen, Grafik, Tabel
from assets.publish.bab_iii.spreadsheet_sheet import INDEX, Look, Stood
from assets.publish.cells import safe_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CHARTS, ORIGIN = "Grafik", "Asal angka"
_LONGEST = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
# Of the sheet of charts: pixels of a row, rows of a page, letters of a line and width of its column.
_ROW, _ROWS, _LETTERS, _WIDTH = 20, 44, 90, 86
# Words stay words, whatever they look like.
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_HEADS = {"Lembar": 26, "Sel": 7, "Tabel gudang": 22, "Kunci": 60, "Kolom": 20, "Nilai persis": 24,
          "Keadaan": 10, "Alasan": 40, "Perintah untuk melihat asalnya": 90}  # fmt: skip
_GUIDE = (
    "Angka pada lembar tabel adalah bilangan; jumlah dan persentase adalah rumus yang tetap hidup.",
    "Sel berisi 'ditahan' belum mempunyai angka yang dapat dipertanggungjawabkan; sebabnya pada komentarnya.",
    f"Asal tiap angka, sampai perintah untuk melihat berkas dan selnya, ada pada lembar '{ORIGIN}'.",
)

Draw = Callable[[Mapping[str, Any]], bytes]


def write(dokumen: Dokumen, to: Path) -> None:
    """Write the workbook, whole or not at all; the same document gives the same bytes.

    Raises:
        DefinitionBroken: a formula of a table cannot be followed.
        DoesNotFit: cells of a table do not fill its columns.
        OSError: the file cannot be written.
    """
    import xlsxwriter

    building = to.with_name(f".{to.name}.building")
    book = xlsxwriter.Workbook(str(building), _OPTIONS)
    try:
        _filled(book, dokumen)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as fault:
            raise fault.args[0] from fault
        building.replace(to)
    finally:
        building.unlink(missing_ok=True)


def sheet_names(tables: Sequence[Tabel]) -> dict[str, str]:
    """The sheet of each table by its key: number and key, as far as 31 letters go."""
    names: dict[str, str] = {}
    for table in tables:
        said = _FORBIDDEN.sub(" ", f"{table.nomor} {table.kunci.replace('_', ' ')}")
        name, n = said[:_LONGEST].strip(), 2
        while name.casefold() in {known.casefold() for known in names.values()}:
            name, n = f"{said[: _LONGEST - 3].strip()} {n}", n + 1
        names[table.kunci] = name
    return names


def _filled(book: Workbook, document: Dokumen) -> None:
    tables, charts = list(document.tabel()), list(document.grafik())
    names, look = sheet_names(tables), Look(book)
    book.set_properties({"title": document.judul, "subject": document.anak_judul, "author": "lumbung",
                         "created": _made(document)})  # fmt: skip
    _index(book.add_worksheet(INDEX), document, names, look)
    stood: list[Stood] = []
    for table in tables:
        stood += spreadsheet_sheet.write(book.add_worksheet(names[table.kunci]), table, document, look)
    if charts:
        _charts(book.add_worksheet(CHARTS), charts, look)
    _origin(book.add_worksheet(ORIGIN), stood, look)


def _made(document: Dokumen) -> datetime:
    """When its figures were published; a file written twice is then the same."""
    try:
        said = datetime.fromisoformat(document.keterangan.get("diterbitkan_pada", ""))
    except ValueError:
        return datetime(2000, 1, 1)
    return said.astimezone(UTC).replace(tzinfo=None) if said.tzinfo else said


# --- the index -----------------------------------------------------------------------------------------


def _index(sheet: Worksheet, document: Dokumen, names: Mapping[str, str], look: Look) -> None:
    plain = look.of(text_wrap=False)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 74)
    sheet.set_column(2, 4, 9)
    sheet.write_string(0, 0, safe_text(document.judul), look.of(bold=True, font_size=14, text_wrap=False))
    sheet.write_string(1, 0, safe_text(document.anak_judul), look.of(bold=True, text_wrap=False))
    facts = document.keterangan
    said = f"Terbitan {facts.get('diterbitkan_pada', '')[:16]} UTC · jalan {facts.get('jalan_id', '')} · " \
           f"aturan {facts.get('versi_aturan', '')}"  # fmt: skip
    sheet.write_string(2, 0, said, plain)
    for row, line in enumerate(_GUIDE, 3):
        sheet.write_string(row, 0, line, plain)
    head = 4 + len(_GUIDE)
    style = look.cell(bold=True, bg_color="#DDE6EE")
    for column, word in enumerate(("Nomor", "Judul", "Angka", "Ditahan", "Basi")):
        sheet.write_string(head, column, word, style)
    tables, charts = list(document.tabel()), list(document.grafik())
    link = look.cell(font_color="#0B5394", underline=1)
    listed = [(f"Tabel {t.nomor}", t.judul, names[t.kunci], _counts(t)) for t in tables]
    listed += [(f"Grafik {c.nomor}", c.judul, CHARTS, ()) for c in charts]
    for row, (number, title, on, counts) in enumerate(listed, head + 1):
        sheet.write_string(row, 0, number, look.cell())
        sheet.write_url(row, 1, f"internal:'{on}'!A1", link, safe_text(title))
        for column in (2, 3, 4):
            sheet.write_blank(row, column, None, look.cell())
        for column, count in enumerate(counts, 2):
            sheet.write_number(row, column, count, look.cell(num_format="#,##0", align="right"))
    _upright(sheet, head)


def _counts(table: Tabel) -> tuple[int, ...]:
    figures = [
        part
        for row in table.baris
        for cell in row
        for part in cell.isi
        if isinstance(part, Angka) and part.alamat
    ]
    states = [figure.keadaan for figure in figures]
    return len(figures), states.count("ditahan"), states.count("basi")


def _upright(sheet: Worksheet, head: int) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.hide_gridlines(2)


# --- charts and origin ---------------------------------------------------------------------------------


def _charts(sheet: Worksheet, charts: Sequence[Grafik], look: Look) -> None:
    """The charts as pictures with their words; what a reader would draw anew stands in the tables."""
    from assets.publish.charts import draw

    sheet.set_column(0, 0, _WIDTH)
    sheet.write_url(0, 0, f"internal:'{INDEX}'!A1", look.link(), f"Kembali ke {INDEX}")
    row, begun, breaks = 2, 2, []
    for chart in charts:
        high = int(chart.spesifikasi.get("height", 300)) // _ROW + 1
        if row + high - begun > _ROWS:
            breaks.append(row)
            begun = row
        sheet.write_string(row, 0, safe_text(f"Grafik {chart.nomor} {chart.judul}"), look.of(bold=True))
        described = {"image_data": BytesIO(draw.png(chart.spesifikasi)), "description": chart.teks_alternatif}
        sheet.insert_image(row + 1, 0, f"{chart.kunci}.png", {**described, "object_position": 2})
        row += high + 2
        sheet.write_string(row, 0, safe_text(chart.teks_alternatif), look.of(italic=True, font_size=9))
        sheet.set_row(row, 14 * (len(chart.teks_alternatif) // _LETTERS + 1))
        row += 2
    sheet.set_h_pagebreaks(breaks)
    _upright(sheet, 0)


def _origin(sheet: Worksheet, stood: Sequence[Stood], look: Look) -> None:
    plain, link = look.of(text_wrap=False), look.link()
    for column, (word, width) in enumerate(_HEADS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word, look.of(bold=True, bg_color="#DDE6EE"))
    for row, one in enumerate(stood, 1):
        address = one.figure.alamat
        if address is None:
            continue
        sheet.write_string(row, 0, one.sheet, plain)
        sheet.write_url(row, 1, f"internal:'{one.sheet}'!{one.cell}", link, one.cell)
        key = " ".join(f"{name}={_word(value)}" for name, value in address.kunci)
        exact = "" if one.figure.nilai is None else str(one.figure.nilai)
        why = f"lumbung why {address.tabel} {key} --kolom {address.kolom}"
        said = (address.tabel, address.baris, address.kolom, exact,
                one.figure.keadaan, one.figure.alasan or "", why)  # fmt: skip
        for column, words in enumerate(said, 2):
            sheet.write(row, column, safe_text(words) or None, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(stood), 1), len(_HEADS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:I{len(stood) + 1}"})
    sheet.set_landscape()
    _upright(sheet, 0)


def _word(value: str) -> str:
    """A value of a key as it is typed in a terminal."""
    return f'"{value}"' if re.search(r"[^\w.:-]", value) else value
