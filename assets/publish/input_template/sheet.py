"""One form as a sheet to fill in: title, unit, period, headers, live totals, prepared rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assets.publish.input_template import look
from assets.publish.input_template.checks import check, marks
from assets.publish.input_template.lists import Known, Lists, inline
from assets.readers.templat import NUMERIC, REPEATED, Ask, Sheet

TITLE_ROW, UNIT_ROW, PERIOD_ROW, HEAD_ROW = 1, 2, 3, 5
UNIT_BLANK = "KECAMATAN ........................ KABUPATEN ........................"
PERIOD_BLANK = "TAHUN ........"
# Years of a plan: five, and the one before.
_PLANNED = 5
_ROMAN = ("I", "II", "III", "IV")
# Lengths of codes from the highest level down; the total is of the highest level that is there.
_LEVELS = {"program": (7, 12, 15, 17), "rekening": (1, 3, 6, 9, 12, 17)}
_ORDINAL_WIDTH = 5


@dataclass(frozen=True)
class Column:
    """One column of the sheet: what it asks, its letter and its printed header."""

    ask: Ask
    letter: str
    kepala: str


class Writer:
    """Writes one sheet."""

    def __init__(self, sheet: Worksheet, plan: Sheet, known: Known, lists: Lists) -> None:
        self._sheet, self._plan, self._known, self._lists = sheet, plan, known, lists
        self._given = _given(plan, known)
        self._lead = 1 if self._given else 0
        self.columns = list(_columns(plan, known, self._lead))
        total = 1 if plan.tulis_jumlah else 0
        self._first = HEAD_ROW + 1 + total
        self._last = (
            self._first + max(len(self._given), 0 if self._given and not plan.baris else plan.baris) - 1
        )

    def write(self) -> None:
        """Fill the sheet."""
        self._titles()
        self._head()
        if self._plan.tulis_jumlah:
            self._totals(*self._plan.tulis_jumlah)
        self._rows()
        for column in self.columns:
            self._check(column)
        self._page()

    # --- above the table -------------------------------------------------------------------------
    def _titles(self) -> None:
        self._put(TITLE_ROW, 1, self._plan.judul[0]).font = look.TITLE
        if len(self._plan.judul) > 1:
            self._choose(f"A{TITLE_ROW}", self._plan.judul, "Pilih judul dokumennya (murni atau perubahan).")
        unit = self._put(UNIT_ROW, 1, unit_line(self._known) or UNIT_BLANK)
        unit.font = look.SUBTITLE
        period = self._put(PERIOD_ROW, 1, self._period() or "")
        period.font = look.SUBTITLE
        for cell, blank in ((unit, UNIT_BLANK), (period, PERIOD_BLANK)):
            if cell.value == blank:
                cell.fill = look.TO_FILL
        options = period_options(self._plan.periode, self._known.tahun)
        if options:
            self._choose(f"A{PERIOD_ROW}", options, "Pilih periode angka di lembar ini.")

    def _period(self) -> str | None:
        if self._plan.periode == "tidak":
            return None
        tahun = self._known.tahun
        if self._plan.periode == "rencana":
            return f"TAHUN {tahun}-{tahun + _PLANNED - 1}" if tahun else PERIOD_BLANK
        if self._plan.form.periode == "baris":
            return None
        return f"TAHUN {tahun}" if tahun else PERIOD_BLANK

    def _choose(self, cell: str, words: Sequence[str], prompt: str) -> None:
        source = inline(words)
        made = DataValidation(type="list", formula1=source, allow_blank=False, showErrorMessage=False)
        made.promptTitle, made.prompt, made.showInputMessage = "Pilihan", prompt, True
        made.add(cell)
        self._sheet.add_data_validation(made)

    # --- the table -------------------------------------------------------------------------------
    def _put(self, row: int, column: int, value: Any) -> Cell:
        cell = self._sheet.cell(row, column)
        assert isinstance(cell, Cell)
        cell.value = value
        return cell

    def _head(self) -> None:
        heads = [("No", False)] * self._lead
        heads += [(c.kepala, c.ask.wajib) for c in self.columns]
        for at, (text, needed) in enumerate(heads, 1):
            cell = self._put(HEAD_ROW, at, f"{text} *" if needed else text)
            cell.font, cell.alignment, cell.border = look.HEAD_FONT, look.HEAD_ALIGN, look.BORDER
            cell.fill = look.HEAD_FILL if needed else look.OPTIONAL_FILL
        if self._lead:
            self._sheet.column_dimensions["A"].width = _ORDINAL_WIDTH
        for column in self.columns:
            self._sheet.column_dimensions[column.letter].width = column.ask.lebar
        lines = max(-(-(len(c.kepala) + 2) // max(c.ask.lebar - 2, 4)) for c in self.columns)
        self._sheet.row_dimensions[HEAD_ROW].height = 15 * max(2, min(lines + 1, 5))

    def _totals(self, label: str, under: str) -> None:
        row = self._first - 1
        for at, column in enumerate(self.columns, 1 + self._lead):
            cell = self._put(row, at, label if column.ask.nama == under else None)
            how = self._plan.jumlah.get(column.ask.nama)
            if how:
                cell.value = self._formula(column, how)
                cell.number_format = look.NUMBER_FORMAT["angka" if how == "rata" else column.ask.isi]
                cell.alignment = look.NUMBER_ALIGN
            cell.font, cell.fill, cell.border = look.SUBTITLE, look.TOTAL_FILL, look.BORDER

    def _formula(self, column: Column, how: str) -> str:
        area = f"{column.letter}{self._first}:{column.letter}{self._last}"
        sums = {"jumlah": f"SUM({area})", "rata": f"AVERAGE({area})"}
        made = sums.get(how) or self._highest(area)
        return f'=IF(COUNT({area})=0,"",{made})'

    def _highest(self, area: str) -> str:
        """Sum of the highest level that is there: children are contained in their parents."""
        code = next(c for c in self.columns if c.ask.nama == "kode")
        codes = f"TRIM({code.letter}{self._first}:{code.letter}{self._last})"
        account = code.ask.bentuk_nilai == "rekening"
        # Income and financing are no part of expenditure.
        only = f'*(LEFT({codes},1)="5")' if account else ""
        made = f"SUM({area})"
        for length in reversed(_LEVELS["rekening" if account else "program"]):
            fits = f"(LEN({codes})={length}){only}"
            made = f"IF(SUMPRODUCT({fits}*1)>0,SUMPRODUCT({fits}*1,{area}),{made})"
        return made

    def _rows(self) -> None:
        for row in range(self._first, self._last + 1):
            given = self._given[row - self._first] if row - self._first < len(self._given) else {}
            if self._lead:
                ordinal = self._put(row, 1, row - self._first + 1 if given else None)
                self._dress(ordinal, "bulat", given=True)
                ordinal.alignment = look.CENTRE_ALIGN
            for at, column in enumerate(self.columns, 1 + self._lead):
                word = given.get(column.ask.nama)
                self._dress(self._put(row, at, word), column.ask.isi, given=word is not None)
                if column.ask.daftar == "tahun" or column.ask.bentuk_nilai == "jawaban":
                    self._sheet.cell(row, at).alignment = look.CENTRE_ALIGN

    def _dress(self, cell: Cell, isi: str, given: bool) -> None:
        cell.number_format = look.NUMBER_FORMAT[isi]
        cell.border, cell.font = look.BORDER, look.PLAIN
        cell.alignment = look.NUMBER_ALIGN if isi in NUMERIC else look.TEXT_ALIGN
        if given:
            cell.fill = look.GIVEN_FILL

    def _check(self, column: Column) -> None:
        ask, given = column.ask, {k for r in self._given for k in r}
        typed = [c.letter for c in self.columns if c.ask.nama not in given and not _repeats(c)]
        marks(self._sheet, ask, column.letter, (self._first, self._last), typed)
        source = self._lists.source(ask)
        if any(b.bila for b in ask.batas) and not isinstance(self._plan.terisi, str):
            for i, row in enumerate(self._plan.terisi):
                area = f"{column.letter}{self._first + i}"
                self._sheet.add_data_validation(check(ask, area, source, {**self._plan.fakta, **row["bila"]}))
            return
        area = f"{column.letter}{self._first}:{column.letter}{self._last}"
        self._sheet.add_data_validation(check(ask, area, source, self._plan.fakta))

    # --- the page --------------------------------------------------------------------------------
    def _page(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = f"A{self._first}"
        look.on_paper(sheet, HEAD_ROW)
        # Without an area LibreOffice leaves out prepared rows below the first hundred.
        sheet.print_area = f"A1:{self.columns[-1].letter}{self._last}"
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P/&N"


def _repeats(column: Column) -> bool:
    return bool(REPEATED.search(column.ask.kepala)) and not column.ask.wajib


def _columns(plan: Sheet, known: Known, lead: int) -> Iterator[Column]:
    at = lead
    for ask in plan.asks:
        for kepala in headers(ask, known.tahun):
            at += 1
            yield Column(ask, get_column_letter(at), kepala)


def headers(ask: Ask, tahun: int | None) -> list[str]:
    """The printed headers of a column: one for each period where it is repeated.

    Raises:
        YearNeeded: its headers name years, and none is given.
    """
    found = REPEATED.search(ask.kepala)
    if found is None:
        return [ask.kepala]
    if found[1] == "triwulan":
        words = [f"Triwulan {r}" for r in _ROMAN]
    elif tahun is None:
        raise YearNeeded
    else:
        words = [str(tahun + i) for i in range(_PLANNED)] if found[1] == "rencana" else [str(tahun - 1)]
    return [REPEATED.sub(w, ask.kepala) for w in words]


class YearNeeded(ValueError):
    """The headers of a template name years; the first one must be said."""


def _given(plan: Sheet, known: Known) -> list[Mapping[str, str]]:
    if not isinstance(plan.terisi, str):
        return [{k: v for k, v in r.items() if k != "bila"} for r in plan.terisi]
    names = {a.nama for a in plan.asks}
    made: list[Mapping[str, str]] = []
    for village in known.villages if plan.terisi == "desa" else known.all_villages:
        facts = {
            "kode_desa": village.kode,
            "kode": village.kode,
            "desa": village.nama,
            "nama": village.nama,
            "kecamatan": known.unit.nama if known.unit else "",
        }
        made.append({k: v for k, v in facts.items() if k in names})
    return made


def unit_line(known: Known) -> str | None:
    """Kecamatan and kabupaten as a title says them."""
    if known.unit is None:
        return None
    above = known.regions.kabupaten(known.unit.induk)
    district = known.unit.nama.upper().removeprefix("KECAMATAN ")
    return f"KECAMATAN {district} {above.nama.upper() if above else ''}".strip()


def period_options(kind: str, tahun: int | None) -> list[str]:
    """The periods a sheet may be of, as titles say them."""
    if tahun is None or kind not in ("triwulan", "survei"):
        return []
    made = [f"TAHUN {tahun}", *(f"TRIWULAN {r} TAHUN {tahun}" for r in _ROMAN)]
    if kind == "survei":
        made += [f"SEMESTER {r} TAHUN {tahun}" for r in _ROMAN[:2]]
    return made
