"""Which findings touch a figure: those that name it, and those that stand in one of its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import duckdb

from assets.publish.annotated.place import area
from warehouse import contracts

_SHOWN = (
    "temuan_id aturan akibat pesan pesan_en cara_perbaiki cara_perbaiki_en dasar_hukum berkas lembar sel"
    " tertulis seharusnya koreksi_id pengecualian_id dugaan dugaan_en"
).split()


class Findings:
    """The findings of a publication, asked by figure and by cell."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Read them all: a publication has at most some ten thousand, one answer touches a few."""
        self._by_figure: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_sheet: dict[tuple[str, str | None], list[tuple[Any, str | None, str]]] = defaultdict(list)
        self._rows: dict[str, dict[str, Any]] = {}
        self._mended: dict[str, str] = {}
        for row in contracts.as_rows(con.sql("SELECT * FROM temuan").to_arrow_table()):
            self._rows[row["temuan_id"]] = row
            self._place(row)
            if row["aturan"] == "koreksi_dipakai" and row["koreksi_id"]:
                self._mended[row["koreksi_id"]] = row["pesan"]

    def _place(self, row: dict[str, Any]) -> None:
        for figure in (row["angka_terkait"] or "").split("; "):
            table, mark, key = figure.partition("|")
            if mark:
                self._by_figure[table, key].append(row["temuan_id"])
        sheet = (row["berkas_id"], row["lembar"])
        for sel in (row["sel"], *_plain(row["sel_terkait"])):
            if sel:
                self._by_sheet[sheet].append((area(sel), sel, row["temuan_id"]))

    def of_figure(self, table: str, key: str) -> list[str]:
        """Ids of the findings that name a row."""
        return list(dict.fromkeys(self._by_figure.get((table, key), ())))

    def of_cell(self, berkas_id: str, lembar: str | None, sel: str | None) -> list[str]:
        """Ids of the findings that stand in a cell, or in a range that shares a cell with it."""
        there = self._by_sheet.get((berkas_id, None if lembar == "-" else lembar))
        if not there:
            return []
        mine = area(sel)
        return list(dict.fromkeys(i for its, said, i in there if said == sel or _share(mine, its)))

    def told(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What these findings say, by id, gravest first."""
        order = ("henti", "tahan", "tolak", "ingat")
        listed = sorted(set(ids), key=lambda i: (order.index(self._rows[i]["akibat"]), i))
        return {i: {k: self._rows[i][k] for k in _SHOWN} for i in listed}

    def corrections(self, ids: Iterable[str]) -> dict[str, str]:
        """The corrections that these findings tell of, each with what it says."""
        met = {self._rows[i]["koreksi_id"] for i in ids}
        return {k: said for k, said in sorted(self._mended.items()) if k in met}


def _plain(listed: str | None) -> list[str]:
    """Cells of the finding's own sheet in a list of cells; those of others have ``!`` in them."""
    return [s for s in (listed or "").split(", ") if "!" not in s]


def _share(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    rows = one.baris <= other.sampai_baris and other.baris <= one.sampai_baris
    return bool(rows and one.kolom <= other.sampai_kolom and other.kolom <= one.sampai_kolom)
