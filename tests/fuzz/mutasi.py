"""Valid files of every kind, and what random hands do to them: one number, one mutant, always the same."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.readers.opening import open_book
from tests.conftest import ROOT
from tests.hostile.wadah import ods, ods_row, packed, page_bodies, pdf, ruled, xls

Rows = list[list[str]]

# Small files of the examples, one of each kind of table.
_SEEDS = (
    "630103/Hibah Pelaihari 2025.csv",
    "630103/LRA Pelaihari 31 Desember 2025.xlsx",
    "630103/Pagu Perubahan Pelaihari 2025.xlsx",
    "630103/Perjanjian Kinerja Pelaihari 2025.xlsx",
    "630103/Realisasi Program Pelaihari 2025.xlsx",
    "630103/Rekap NRR dan IKM Pelaihari 2025.xlsx",
    "630103/Renstra Pelaihari 2025-2029.xlsx",
    "630103/Status Indeks Desa Pelaihari 2025.xlsx",
    "630103/Volume Layanan Pelaihari 2025.csv",
    "630609/Capaian Program dan Kegiatan Kalumpang 2024.xlsx",
    "630609/Pemeringkatan BUMDesa Kalumpang 2024.xlsx",
    "630609/Realisasi Anggaran Kalumpang 2024.xlsx",
    "630609/Realisasi IKU Kalumpang 2023.csv",
)
_NASTY = (
    *("", " ", "-", "0", "-1", "1", "99999999999999999999", "1e308", "NaN", "#REF!", "=1/0", "'", '"', ";"),
    *("\t", "\u202e", "\u0660\u0661", "é" * 40, "x" * 3_000, "12.34.56", "1,2,3", "04:18", "2025-13-45"),
    *(
        "100%%",
        "Rp",
        "TOTAL",
        "Jumlah",
        "U8",
        "Kecamatan Pelaihari",
        "31 Februari 2025",
        "5.1.02.",
        "63.01.03",
    ),
    *("(1.000", "[[", "{"),
)
_ATTRIBUTES = (
    *(b"", b"0", b"-1", b"1", b"65536", b"1048577", b"4294967296", b"99999999999", b"A0", b"XFD1048576"),
    *(b"AAAA1", b"1A", b"e", b"s", b"str", b"inlineStr", b"b", b"d", b"true", b"x" * 300, b"&#0;", b"1:1"),
    b"A1:XFD1048576",
)


@dataclass(frozen=True)
class Seed:
    """A valid file: its name says its kind."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]


def seeds(folder: Path) -> list[Seed]:
    """Examples as they are, and each written as old Excel, OpenDocument, PDF and JSON too."""
    made = []
    for name in _SEEDS:
        path = ROOT / "examples" / name
        made.append(Seed(path.name, path.read_bytes()))
        rows = [list(map(str, row)) for row in open_book(path).lembar[0].teks]
        for written in (_xls, _ods, _pdf, _json):
            other = written(folder / path.stem, rows)
            made.append(Seed(other.name, other.read_bytes()))
    return made


def _escaped(rows: Rows) -> Rows:
    return [[c.replace("&", "&amp;").replace("<", "&lt;") for c in row] for row in rows]


def _xls(stem: Path, rows: Rows) -> Path:
    return xls(stem.with_suffix(".xls"), rows)


def _ods(stem: Path, rows: Rows) -> Path:
    return ods(stem.with_suffix(".ods"), "".join(map(ods_row, _escaped(rows))))


def _pdf(stem: Path, rows: Rows) -> Path:
    wide = max(1, 1150 // max(map(len, rows)))
    plain = [[c.encode("latin-1", "replace").decode("latin-1") for c in row] for row in rows]
    pages = [ruled(plain[i : i + 35], wide=wide) for i in range(0, len(plain), 35)]
    return pdf(stem.with_suffix(".pdf"), page_bodies(pages, size=(1200, 800)))


def _json(stem: Path, rows: Rows) -> Path:
    head = max(range(min(len(rows), 8)), key=lambda r: len({c for c in rows[r] if c}))
    records = [{k: c for k, c in zip(rows[head], row, strict=True) if k} for row in rows[head + 1 :]]
    path = stem.with_suffix(".json")
    path.write_text(json.dumps({"judul": " ".join(rows[0]), "data": records}), encoding="utf-8")
    return path


# --- hands -------------------------------------------------------------------------------------------


def of_bytes(data: bytes, dice: random.Random) -> bytes:
    """Flipped bits, lost, doubled, swapped and foreign pieces, an early end."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        if not out:
            break
        at, size = dice.randrange(len(out)), dice.choice((1, 1, 2, 4, 16, 200))
        match dice.randrange(7):
            case 0:
                out[at] ^= 1 << dice.randrange(8)
            case 1:
                out[at : at + size] = dice.randbytes(min(size, 16))
            case 2:
                del out[at : at + size]
            case 3:
                out[at:at] = out[at : at + size]
            case 4:
                out[at : at + size] = dice.choice((b"\0", b"\xff", b" ", b"\n")) * size
            case 5:
                other = dice.randrange(len(out))
                out[at : at + size], out[other : other + size] = (
                    out[other : other + size],
                    out[at : at + size],
                )
            case 6 if dice.random() < 0.3:
                del out[at:]
    return bytes(out)


def of_markup(data: bytes, dice: random.Random) -> bytes:
    """Attributes with other values, tags lost or doubled, texts exchanged."""
    for _ in range(dice.choice((1, 2, 3, 8))):
        pattern = dice.choice((rb'="[^"]*"', rb"<[^>]+>", rb">[^<>]+<", rb"</?\w+"))
        found = list(re.finditer(pattern, data))
        if not found:
            continue
        hit = dice.choice(found)
        whole = hit[0]
        if whole.startswith(b"="):
            new = b'="' + dice.choice(_ATTRIBUTES) + b'"'
        elif whole.startswith(b">"):
            new = b">" + dice.choice(_NASTY).replace("<", "").encode() + b"<"
        else:
            new = dice.choice((b"", whole + whole, whole.upper(), whole.replace(b"<", b"<x:")))
        data = data[: hit.start()] + new + data[hit.end() :]
    return data


def of_zip(data: bytes, dice: random.Random) -> bytes:
    """One or two parts changed inside a container that stays whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.choice((1, 1, 2))):
        name = dice.choice(sorted(n for n in parts if parts[n]) or sorted(parts))
        match dice.randrange(8):
            case 0:
                del parts[name]
            case 1:
                parts[name] = of_bytes(parts[name], dice)
            case 2:
                parts[dice.choice((name.upper(), name.replace("/", "\\"), f"{name}.xml"))] = parts[name]
            case _:
                parts[name] = of_markup(parts[name], dice)
        if not parts:
            break
    out = io.BytesIO()
    packed(out, parts, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))  # type: ignore[arg-type]
    return out.getvalue()


def of_table(rows: Rows, dice: random.Random) -> Rows:
    """What careless hands do to rows: cells emptied, garbled, moved; rows doubled, lost, exchanged."""
    rows = [list(row) for row in rows]
    for _ in range(dice.choice((1, 2, 4, 10, 30))):
        if not rows:
            break
        r = dice.randrange(len(rows))
        if dice.random() < 0.65 and rows[r]:
            _of_cell(rows[r], dice)
        else:
            _of_row(rows, r, dice)
    return rows


def _of_cell(row: list[str], dice: random.Random) -> None:
    c = dice.randrange(len(row))
    match dice.randrange(6):
        case 0 | 1:
            row[c] = ""
        case 2 | 3:
            row[c] = dice.choice(_NASTY)
        case 4:
            row.insert(c, "")
        case 5:
            del row[c]


def _of_row(rows: Rows, r: int, dice: random.Random) -> None:
    match dice.randrange(4):
        case 0:
            rows.insert(r, list(rows[r]))
        case 1:
            rows.insert(r, [dice.choice(_NASTY)])
        case 2:
            other = dice.randrange(len(rows))
            rows[r], rows[other] = rows[other], rows[r]
        case 3 if dice.random() < 0.3:
            del rows[r]


def of_records(data: bytes, dice: random.Random) -> bytes:
    """Bytes of an old workbook's records, past the sectors that hold the container together."""
    return data[:1536] + of_bytes(data[1536:], dice)


def of_csv(data: bytes, dice: random.Random) -> bytes:
    """Rows through careless hands, then another delimiter, encoding, line end or a lost quotation mark."""
    text = data.decode("utf-8-sig", "replace")
    mark = ";" if text.count(";") > text.count(",") else ","
    rows = of_table(list(csv.reader(io.StringIO(text), delimiter=mark)), dice)
    out = io.StringIO()
    end = dice.choice(("\n", "\r\n", "\r"))
    writer = csv.writer(out, delimiter=dice.choice((mark, mark, ";", ",", "\t", "|")), lineterminator=end)
    writer.writerows(rows)
    said = out.getvalue()
    if dice.random() < 0.2 and said:
        at = dice.randrange(len(said))
        said = said[:at] + dice.choice(('"', "'", "\n", "\x0c", "\u2028", "\\")) + said[at:]
    return said.encode(dice.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16")), "replace")


def of_json(data: bytes, dice: random.Random) -> bytes:
    """Values, keys and lists exchanged, lost or nested."""
    top = json.loads(data)
    for _ in range(dice.choice((1, 2, 5, 15))):
        place, key = _somewhere(top, dice)
        if key is not None:
            _of_value(place, key, dice)
    return json.dumps(top, ensure_ascii=dice.random() < 0.5).encode("utf-8", "replace")


def _somewhere(place: Any, dice: random.Random) -> tuple[Any, Any]:
    """A list or object inside, and one of its keys; None where it has none."""
    while keys := list(place) if isinstance(place, dict) else list(range(len(place))):
        key = dice.choice(keys)
        if not isinstance(place[key], dict | list) or dice.random() < 0.15:
            return place, key
        place = place[key]
    return place, None


def _of_value(place: Any, key: Any, dice: random.Random) -> None:
    match dice.randrange(6):
        case 0:
            del place[key]
        case 1:
            place[key] = dice.choice(_NASTY)
        case 2:
            place[key] = dice.choice((None, True, 1e308, -0.0, 10**30, [], {}, [[]], {"a": {"b": []}}))
        case 3:
            place[key] = [place[key]] * dice.choice((1, 2, 70))
        case 4 if isinstance(place, dict):
            place[dice.choice(_NASTY)] = place.pop(key)
        case 5:
            place[key] = {str(key): place[key]}


def of_pdf(data: bytes, dice: random.Random) -> bytes:
    """The drawing of one page by other hands; or the values of its dictionaries exchanged."""
    parts = re.split(rb"(stream\n.*?\nendstream)", data, flags=re.DOTALL)
    at = dice.choice([i for i, p in enumerate(parts) if p.startswith(b"stream\n")])
    if dice.random() < 0.4:
        return _of_dictionaries(data, dice)
    drawing = zlib.decompress(parts[at][7:-10]).split(b"\n")
    for _ in range(dice.choice((1, 3, 20))):
        i = dice.randrange(len(drawing))
        drawing[i] = _of_drawing(drawing[i], dice)
    squeezed = zlib.compress(b"\n".join(drawing))
    parts[at] = b"stream\n" + squeezed + b"\nendstream"
    parts[at - 1] = re.sub(rb"/Length \d+", b"/Length %d" % len(squeezed), parts[at - 1])
    return b"".join(parts)


def _of_drawing(line: bytes, dice: random.Random) -> bytes:
    match dice.randrange(4):
        case 0:
            return b""
        case 1:
            return line + b"\n" + line
        case 2:
            return of_bytes(line, dice)
    return re.sub(rb"\d+", lambda number: dice.choice((b"0", b"-9", b"99999", number[0])), line)


def _of_dictionaries(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 2, 5))):
        hit = dice.choice(list(re.finditer(rb"/\w+|\b\d+ 0 R|\b\d+\b|<<|>>|\[|\]|obj|endobj", data)))
        new = dice.choice(
            (b"", b"0", b"-1", b"999999999", b"1 0 R", b"2 0 R", b"/Length", b"null", b"[", hit[0] * 2)
        )
        data = data[: hit.start()] + new + data[hit.end() :]
    return data


_HANDS: dict[str, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
    "xlsx": (of_zip, of_zip, of_zip, of_bytes),
    "ods": (of_zip, of_zip, of_bytes),
    "xls": (of_records, of_records, of_records, of_bytes),
    "csv": (of_csv, of_csv, of_csv, of_bytes),
    "json": (of_json, of_json, of_bytes),
    "pdf": (of_pdf, of_pdf, of_bytes),
}


def mutant(number: int, valid: Sequence[Seed]) -> Seed:
    """The mutant of this number."""
    dice = random.Random(number)
    kind = dice.choice(sorted(_HANDS))
    seed = dice.choice([s for s in valid if s.kind == kind])
    return Seed(f"mutan {number}.{kind}", dice.choice(_HANDS[kind])(seed.data, dice))
