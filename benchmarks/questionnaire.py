"""Questionnaire files of any length for the bench: one respondent a row, twenty columns, invented answers.

One date, eleven numbers (age, U1 to U9, rating) and eight texts, as an office's export of a survey form has
them. The workbook is written as office programs write one (shared strings, styles, ``r=`` and ``spans=``),
but directly as XML: a million rows then cost seconds. What does not belong here: measuring anything.
"""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

TITLES = (
    "SURVEI KEPUASAN MASYARAKAT",
    "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT",
    "PERIODE TRIWULAN I TAHUN 2025",
)
HEADERS = (
    "Tanggal", "Jenis Layanan", "Jenis Kelamin", "Usia", "Pendidikan", "Pekerjaan",
    *(f"U{n}" for n in range(1, 10)),
    "Nilai Keseluruhan", "Saran", "Desa", "Kanal", "Catatan",
)  # fmt: skip
NUMERIC = frozenset((3, *range(6, 16)))
_INVENTED = 100_000  # respondents before they come again
_FIRST = dt.date(2025, 1, 2)
_EPOCH = dt.date(1899, 12, 30)
_CHOICES: dict[int, Sequence[str]] = {
    1: ("Rekomendasi KTP", "Surat Keterangan Tidak Mampu", "Legalisasi", "Izin Usaha Mikro", "Surat Pindah"),
    2: ("L", "P"),
    4: ("SD", "SMP", "SMA", "D3", "S1", "S2"),
    5: ("PNS", "TNI", "Swasta", "Wirausaha", "Pelajar", "Petani", "Lainnya"),
    17: tuple(f"Desa {n:02d}" for n in range(1, 21)),
    18: ("Datang langsung", "Daring"),
    19: ("", "", "", "diisi petugas"),
}
_PRAISE = ("pelayanan", "petugas", "ruang tunggu", "antrean", "parkir", "loket", "informasi", "waktu")
_WISH = ("sudah baik", "perlu ditambah", "lebih cepat lagi", "dipertahankan", "kurang jelas", "agar dibenahi")

Row = tuple[int | str, ...]


def respondents(count: int, seed: int = 1) -> Iterator[Row]:
    """Rows in the order of ``HEADERS``; the date is an Excel day number, blank texts are ''."""
    invented = list(_invented(min(count, _INVENTED), seed))
    first = (_FIRST - _EPOCH).days
    for n, answers in zip(range(count), cycle(invented), strict=False):
        yield (first + n * 88 // count, *answers)


def _invented(count: int, seed: int) -> Iterator[Row]:
    chance = random.Random(seed)
    pick = chance.choice
    for n in range(count):
        answers = [4 if chance.random() < 0.6 else pick((3, 3, 3, 2, 1)) for _ in range(9)]
        suggestion = f"{pick(_PRAISE)} {pick(_WISH)} ({n % 5000})" if chance.random() < 0.5 else ""
        yield (
            pick(_CHOICES[1]),
            pick(_CHOICES[2]),
            chance.randint(17, 75),
            pick(_CHOICES[4]),
            pick(_CHOICES[5]),
            *answers,
            chance.randint(60, 100),
            suggestion,
            pick(_CHOICES[17]),
            pick(_CHOICES[18]),
            pick(_CHOICES[19]),
        )


def write_csv(path: Path, count: int, seed: int = 1) -> Path:
    """The same answers as a CSV of semicolons, as Indonesian office programs save one."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"{title}\n" for title in TITLES)
        out.write(";".join(HEADERS) + "\n")
        for day, *rest in respondents(count, seed):
            date = _EPOCH + dt.timedelta(days=int(day))
            out.write(f"{date:%d/%m/%Y};" + ";".join(map(str, rest)) + "\n")
    return path


def write_xlsx(path: Path, count: int, seed: int = 1, *, level: int = 6) -> Path:
    """The answers as a workbook with titles over the header."""
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, text in _PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for block in _sheet(count, seed, strings):
                sheet.write(block.encode())
        items = "".join(f"<si><t>{_escaped(text)}</t></si>" for text in strings)
        head = f'{_XML}<sst {_MAIN} uniqueCount="{len(strings)}">'
        book.writestr("xl/sharedStrings.xml", f"{head}{items}</sst>")
    return path


def _sheet(count: int, seed: int, strings: dict[str, int]) -> Iterator[str]:
    letters = [chr(65 + c) for c in range(len(HEADERS))]
    last = len(TITLES) + 1 + count
    yield f'{_XML}<worksheet {_MAIN}><dimension ref="A1:T{last}"/><sheetData>'
    for r, said in enumerate([*((t,) for t in TITLES), HEADERS], 1):
        heads = (f'<c r="{letters[c]}{r}" t="s"><v>{_shared(strings, t)}</v></c>' for c, t in enumerate(said))
        yield f'<row r="{r}" spans="1:20">{"".join(heads)}</row>'
    texts = [c for c in range(1, len(HEADERS)) if c not in NUMERIC]
    block: list[str] = []
    for r, row in enumerate(respondents(count, seed), len(TITLES) + 2):
        cells = [f'<c r="{letters[c]}{r}"><v>{value}</v></c>' for c, value in enumerate(row)]
        cells[0] = f'<c r="A{r}" s="1"><v>{row[0]}</v></c>'
        for c in texts:
            text = str(row[c])
            cells[c] = f'<c r="{letters[c]}{r}" t="s"><v>{_shared(strings, text)}</v></c>' if text else ""
        block.append(f'<row r="{r}" spans="1:20">{"".join(cells)}</row>')
        if len(block) == 2000:
            yield "".join(block)
            block.clear()
    yield "".join(block) + "</sheetData></worksheet>"


def _shared(strings: dict[str, int], text: str) -> int:
    return strings.setdefault(text, len(strings))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Responden" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f"{_XML}<styleSheet {_MAIN}>"
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
