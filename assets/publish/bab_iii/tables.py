"""Tables of a report: a query for the rows, a definition for what stands in them.

``tabel/<kunci>.sql`` is a SELECT on the published file; ``tabel/<kunci>.yaml``::

    judul: "Capaian Indikator Kinerja Utama Tahun {tahun}"
    ulang: {lalu: "SELECT ... "}      # lists over which columns are repeated
    kolom:
      - {nama: sasaran, kepala: Sasaran, lebar: 20, teks: sasaran, gabung: ya}
      - {nama: target, kepala: [Tahun {tahun}, Target], lebar: 8, angka: {dari: capaian_iku.target}}
      - {nama: lalu, untuk: lalu, kepala: "{tahun_lalu}", ..., angka: {..., kunci: {tahun: tahun_lalu}}}
      - {nama: persen, ..., angka: {...}, rumus: "{realisasi}/{pagu}*100"}   # or several: the first right
    tebal: kolom                      # a column of the query that says whether the row is bold
    jumlah:                           # total rows; they know the columns of the first row too
      - [{teks: JUMLAH, kolom: 2}, {angka: {...}, rumus: "SUM({pagu:atas})"}, {untuk: lalu, angka: {...}}]
    catatan: [catatan/putus_seri]     # sentences below the table
    peka: [capaian_iku]               # tables of the figures whose ``peka`` is told below
    sumber: "..."
    wajib: "Berkas ... belum diterima" # shown with this line when there are no rows; else left out
    mendatar: ya                      # else Word turns the page only where letters of 7 points do not fit

A total cell ``{hitung: "AVERAGE({capaian:atas})", satuan: persen}`` is what the warehouse does not hold:
the report's own sum or mean, exact. A total cell ``pada: kolom`` goes with a column that may be left out.
``kepala`` with several lines: equal neighbours become one cell. A column without values in any row may be
left out with ``bila_kosong: hilang``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from assets.publish.bab_iii.blocks import Alamat, Angka, Kalimat, Kolom, Rata, Sel, Tabel, teks
from assets.publish.bab_iii.figures import counted, figure
from assets.publish.bab_iii.live import Number, agrees, value_of
from assets.publish.bab_iii.published import Row
from assets.publish.bab_iii.sentences import Around, compose, paragraphs, plain
from assets.publish.bab_iii.shelf import DefinitionBroken
from warehouse.peka import in_words

_KNOWN = frozenset("judul ulang kolom tebal jumlah catatan peka sumber wajib mendatar".split())
_COLUMN = frozenset("nama kepala lebar rata teks angka gabung rumus untuk bila_kosong nomor_urut".split())


@dataclass(frozen=True)
class Column:
    """One column of a definition; ``tetap`` are the values of the list over which it is repeated."""

    nama: str
    said: Mapping[str, Any]
    tetap: Mapping[str, Any]

    @property
    def rata(self) -> Rata:
        """Where its text stands: figures to the right unless said otherwise."""
        said: Rata = self.said.get("rata", "kanan" if "angka" in self.said else "kiri")
        return said

    @property
    def kepala(self) -> list[str]:
        """Its header, a line a row."""
        said = self.said.get("kepala", "")
        return [str(s) for s in said] if isinstance(said, list) else [str(said)]


def table(key: str, around: Around) -> Tabel | None:
    """The table of a definition, without its number and notes; None where this unit has no rows for it.

    Args:
        key: its name below ``tabel/``.
        around: with the facts of the report (and of the part it stands in).

    Raises:
        DefinitionBroken: a definition that names what its query does not give.
    """
    where = f"tabel {key}"
    said = around.shelf.read(f"tabel/{key}.yaml")
    if strange := set(said) - _KNOWN:
        raise DefinitionBroken(f"{where}: kata {sorted(strange)} tidak dikenal")
    found = around.published.rows(around.shelf.text(f"tabel/{key}.sql"), around.facts, where)
    if not found and "wajib" not in said:
        return None
    columns = list(_columns(said, around, where))
    body = [_cells(columns, row, n, around, where) for n, row in enumerate(found, start=1)]
    columns, body = _without_empty(columns, body)
    bold = [bool(said.get("tebal")) and bool(row[said["tebal"]]) for row in found]
    lines = _merged(columns, _live(columns, body), bold)
    totals = (
        _totals(said, columns, body, replace(around, facts={**around.facts, **found[0]}), where)
        if found
        else []
    )
    if not found:
        lines = [(Sel((plain(said["wajib"], {}, around, where),), kolom=len(columns)),)]
    return Tabel(
        kunci=f"{key}{around.akhiran}",
        nomor="",
        judul=plain(said["judul"], {}, around, where),
        kolom=tuple(Kolom(c.nama, float(c.said.get("lebar", 10)), c.rata) for c in columns),
        kepala=_header(columns, around, where),
        baris=(*lines, *totals),
        jumlah=len(totals),
        sumber=plain(said.get("sumber", ""), {}, around, where),
        mendatar=bool(said.get("mendatar", False)),
    )


def annotated(key: str, made: Tabel, around: Around, told: set[str]) -> Tabel:
    """The table with what is said below it: its own sentences, what is withheld, old or sensitive.

    Args:
        key: the table's definition.
        made: the table.
        around: with the numbers of all tables.
        told: what was said below tables before this one, and is not said again in a document; grows.
    """
    said = around.shelf.read(f"tabel/{key}.yaml")
    own = [p.isi for name in said.get("catatan", ()) for p in paragraphs(name, around)]
    figures = [p for row in made.baris for sel in row for p in sel.isi if isinstance(p, Angka)]
    sensitive = [(one,) for one in _sensitive(figures, set(said.get("peka", ())), around)]
    said_below = {teks(one): one for one in (*own, *sensitive)}
    new = [one for words, one in said_below.items() if words not in told]
    before = [one for words, one in said_below.items() if words in told]
    told.update(said_below)
    states = ((one,) for one in dict.fromkeys(_states(figures)))
    return replace(made, catatan=(*new, *states), catatan_terdahulu=tuple(before))


def _states(figures: Sequence[Angka]) -> Iterator[str]:
    """What is withheld or of an earlier publication, a line a reason."""
    old: dict[str, dict[str, None]] = {}
    for one in figures:
        reason = one.alasan or "lihat temuan"
        if one.keadaan == "ditahan":
            yield f"Ditahan: {reason}"
        elif one.keadaan == "basi":
            old.setdefault(reason, {})[one.teks] = None
    for reason, shown in old.items():
        yield f"Angka terbit terakhir ({'; '.join(shown)}): {reason}"


def _sensitive(figures: Sequence[Angka], tables: set[str], around: Around) -> Iterator[str]:
    rows: dict[Alamat, None] = {}
    for one in figures:
        if one.alamat is not None and one.alamat.tabel in tables:
            rows[replace(one.alamat, kolom="peka")] = None
    for address in rows:
        found = around.published.row(address.tabel, address.kunci) or {}
        if found.get("peka"):
            name = found.get("indikator") or "Angka ini"
            words = in_words(str(found["peka"]), found.get("satuan"))
            yield f"{name} peka terhadap pilihan cara menghitung: {words}."


def _columns(said: Mapping[str, Any], around: Around, where: str) -> Iterator[Column]:
    lists = {
        name: around.published.rows(sql, around.facts, f"{where}, ulang {name}")
        for name, sql in said.get("ulang", {}).items()
    }
    for each in said["kolom"]:
        if strange := set(each) - _COLUMN:
            raise DefinitionBroken(f"{where}: kolom {each.get('nama')}: kata {sorted(strange)} tidak dikenal")
        if "untuk" not in each:
            yield Column(str(each["nama"]), each, {})
            continue
        for values in lists[each["untuk"]]:
            suffix = "_".join(str(v) for v in values.values())
            yield Column(f"{each['nama']}_{suffix}".replace(" ", "_"), each, values)


def _cells(columns: Sequence[Column], row: Row, nth: int, around: Around, where: str) -> list[Sel]:
    return [Sel(_content(c.said, {**row, **c.tetap}, nth, around, where), c.rata) for c in columns]


def _content(said: Mapping[str, Any], row: Row, nth: int, around: Around, where: str) -> Kalimat:
    if said.get("nomor_urut"):
        return (Angka(str(nth), nth, None, "bilangan", 0),)
    if "angka" in said:
        return (figure(said["angka"], {**around.facts, **row}, around.published, where),)
    template = str(said.get("teks", ""))
    if "{" in template:
        return compose(template, row, around, where)
    if template not in row:
        raise DefinitionBroken(f"{where}: kolom {template} tidak ada pada kuerinya")
    return ("" if row[template] is None else str(row[template]),)


def _without_empty(columns: list[Column], body: list[list[Sel]]) -> tuple[list[Column], list[list[Sel]]]:
    """Without the columns that say they may be left out and that no row fills."""
    kept = [
        n
        for n, column in enumerate(columns)
        if column.said.get("bila_kosong") != "hilang"
        or any(teks(row[n].isi) not in {"", "-"} for row in body)
    ]
    return [columns[n] for n in kept], [[row[n] for n in kept] for row in body]


def _number(cell: Sel) -> Number:
    found = [p for p in cell.isi if isinstance(p, Angka)]
    return found[0].nilai if len(found) == 1 else None


def _live(columns: Sequence[Column], body: Sequence[Sequence[Sel]]) -> list[list[Sel]]:
    made = []
    for row in body:
        values = {c.nama: _number(cell) for c, cell in zip(columns, row, strict=True)}
        made.append(
            [
                replace(cell, rumus=_agreeing(column.said.get("rumus"), values, _number(cell)))
                for column, cell in zip(columns, row, strict=True)
            ]
        )
    return made


def _agreeing(said: str | list[str] | None, values: Mapping[str, Number], value: Number) -> str | None:
    """The first of the formulas that gives what the warehouse holds."""
    given = [said] if isinstance(said, str) else said or []
    return next((formula for formula in given if agrees(formula, values, {}, value)), None)


def _merged(columns: Sequence[Column], body: list[list[Sel]], bold: Sequence[bool]) -> list[tuple[Sel, ...]]:
    """Rows with equal neighbours of a ``gabung`` column as one cell, within what stands left of it."""
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], int] = {}
    left: list[int] = []
    for n, column in enumerate(columns):
        if not column.said.get("gabung"):
            continue
        left.append(n)
        start = 0
        for _, run in groupby(body, key=lambda row: tuple(teks(row[k].isi) for k in left)):
            length = len(list(run))
            spans[start, n] = length
            covered.update((start + k, n) for k in range(1, length))
            start += length
    return [
        tuple(
            replace(cell, baris=spans.get((r, n), 1), tebal=bold[r])
            for n, cell in enumerate(row)
            if (r, n) not in covered
        )
        for r, row in enumerate(body)
    ]


def _totals(
    said: Mapping[str, Any],
    columns: Sequence[Column],
    body: Sequence[Sequence[Sel]],
    around: Around,
    where: str,
) -> list[tuple[Sel, ...]]:
    above = {c.nama: [_number(row[n]) for row in body] for n, c in enumerate(columns)}
    return [tuple(_total(cells, columns, above, around, where)) for cells in said.get("jumlah", ())]


def _total(
    cells: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    above: Mapping[str, Sequence[Number]],
    around: Around,
    where: str,
) -> Iterator[Sel]:
    cells = [{**c, "tetap": k.tetap} for c in cells for k in _each(c, columns)]
    own = sum(int(c.get("kolom", 1)) for c in cells)
    spare = len(columns) - own  # a column that was left out has made the table narrower
    values: dict[str, Number] = {}
    at = 0
    for n, each in enumerate(cells):
        width = int(each.get("kolom", 1)) + (spare if n == 0 else 0)
        if "hitung" in each:
            content: Kalimat = (counted(each, value_of(each["hitung"], values, above)),)
        elif "angka" in each:
            row = {**around.facts, **each["tetap"]}
            content = (figure(each["angka"], row, around.published, where),)
        else:
            content = compose(str(each.get("teks", "")), {}, around, where)
        cell = Sel(content, columns[at].rata, tebal=True, kolom=width)
        value = _number(cell)
        values[columns[at].nama] = value
        rumus = each.get("rumus", each.get("hitung"))
        kept = rumus if rumus and agrees(rumus, values, above, value) else None
        yield replace(cell, rumus=kept)
        at += width


def _each(cell: Mapping[str, Any], columns: Sequence[Column]) -> Sequence[Column]:
    """The columns below which a total cell stands: one, each of a repeated column, none of one left out."""
    if "pada" in cell:
        return [c for c in columns if c.nama == cell["pada"]]
    if "untuk" not in cell:
        return [Column("", {}, {})]
    return [c for c in columns if c.said.get("untuk") == cell["untuk"]]


def _header(columns: Sequence[Column], around: Around, where: str) -> tuple[tuple[Sel, ...], ...]:
    """Header rows: a column with fewer lines reaches down, equal neighbours of a line are one cell."""
    depth = max(len(c.kepala) for c in columns)
    rows: list[list[Sel]] = [[] for _ in range(depth)]
    words = [[plain(line, {**c.tetap}, around, where) for line in c.kepala] for c in columns]
    for level in range(depth):
        at = 0
        while at < len(columns):
            lines = words[at]
            if level >= len(lines):
                at += 1
                continue
            last = level == len(lines) - 1
            width = 1
            while (
                not last
                and at + width < len(columns)
                and words[at + width][: level + 1] == lines[: level + 1]
            ):
                width += 1
            rows[level].append(
                Sel((lines[level],), "tengah", tebal=True, kolom=width, baris=depth - level if last else 1)
            )
            at += width
    return tuple(tuple(row) for row in rows)
