"""``temuan.xlsx``: the findings for whoever works them down in a spreadsheet, as text exactly as printed.

A finding leads to its cell in the marked copy. The rules and the files stand on sheets of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets.publish.annotated.place import LAST_ROW
from assets.publish.validation import spreadsheet
from assets.publish.validation.facts import Facts
from assets.publish.validation.packed import spoken
from assets.publish.validation.spreadsheet import Sheet
from assets.publish.validation.words import states, words

# Columns of the findings with their width; a heading is the word of the same name, else the name itself.
_SHOWN = {
    "akibat": 9, "keadaan": 13, "kode_unit": 9, "periode": 10, "berkas": 34, "lembar": 16, "sel": 10,
    "pesan": 70, "tertulis": 20, "seharusnya": 20, "selisih": 16, "dugaan": 40, "sel_dicurigai": 16,
    "sel_terkait": 18, "cara_perbaiki": 50, "dasar_hukum": 40, "menahan": 36, "aturan": 24, "jumlah": 8,
    "sejak": 17, "koreksi_id": 16, "pengecualian_id": 16, "penyelesaian": 40, "temuan_id": 18,
}  # fmt: skip
_HEADINGS = {"kode_unit": "unit", "pesan": "kalimat", "cara_perbaiki": "cara", "dasar_hukum": "dasar",
             "jumlah": "pelanggar", "temuan_id": "id", "koreksi_id": "koreksi",
             "pengecualian_id": "pengecualian", "penyelesaian": "alasan",
             "sel_dicurigai": "dugaan_sel"}  # fmt: skip
_RULES = {"aturan": 26, "keadaan": 26, "tabel": 26, "dinilai": 12, "pelanggar": 12, "temuan": 10, "akibat": 9,
          "mengapa": 60, "dasar_hukum": 50}  # fmt: skip
_FILES = {"nama": 44, "status": 14, "kode_unit": 9, "periode": 10, "sumber": 20, "temuan": 10, "dibaca": 10,
          "baris_diterima": 12, "ditolak": 10, "diterima_pada": 18, "berkas_id": 66}  # fmt: skip


def write(facts: Facts, to: Path, settled: Mapping[str, str], lang: str = "id") -> None:
    """Write the workbook, whole or not at all.

    Args:
        facts: what is told.
        to: the file.
        settled: sentence for each correction and waiver by its id.
        lang: language of headings and sentences.
    """
    said = words(lang)
    sheets = [*_findings(facts, settled, said, lang), _rules(facts, said), _files(facts, said)]
    spreadsheet.write(sheets, to)


# --- what the sheets hold ----------------------------------------------------------------------------


def _findings(
    facts: Facts, settled: Mapping[str, str], said: Mapping[str, str], lang: str
) -> Iterator[Sheet]:
    """The findings; more than a sheet can hold go on in the next."""
    columns = {name: _values(facts, name, settled, lang) for name in _SHOWN}
    copies = [facts.salinan.get(b or "") for b in facts.temuan["berkas_id"].to_pylist()]
    heads = [said.get(_HEADINGS.get(name, name), name) for name in _SHOWN]
    per_sheet = LAST_ROW - 1
    for number, begin in enumerate(range(0, max(facts.temuan.num_rows, 1), per_sheet), 1):
        part = {name: values[begin : begin + per_sheet] for name, values in columns.items()}
        links = {
            n: (copy, _cell_of(lembar, sel))
            for n, (copy, lembar, sel) in enumerate(
                zip(copies[begin : begin + per_sheet], part["lembar"], part["sel"], strict=True)
            )
            if copy
        }
        name = said["temuan"] if number == 1 else f"{said['temuan']} {number}"
        yield Sheet(name, _SHOWN, heads, list(part.values()), list(_SHOWN).index("sel"), links)


def _values(facts: Facts, name: str, settled: Mapping[str, str], lang: str) -> list[Any]:
    if name == "penyelesaian":
        ids = zip(*(facts.temuan[c].to_pylist() for c in ("pengecualian_id", "koreksi_id")), strict=True)
        return [settled.get(waiver or correction or "") for waiver, correction in ids]
    values: list[Any] = spoken(facts.temuan, name, lang).to_pylist()
    if name == "sejak":
        return [f"{m:%Y-%m-%d %H:%M}" if m else None for m in values]
    if name == "keadaan":
        called = states(lang)
        return [called[v] for v in values]
    return values


def _cell_of(lembar: str | None, sel: str | None) -> str | None:
    """The place in the marked copy, if the address is one of a workbook."""
    plain = (sel or "").replace(":", "")
    if not lembar or not plain.isalnum() or not plain[0].isalpha():
        return None
    return "'" + lembar.replace("'", "''") + f"'!{sel}"


def _rules(facts: Facts, said: Mapping[str, str]) -> Sheet:
    heads = [said.get(_HEADINGS.get(n, n), n) for n in _RULES]
    columns = [[said[r[n]] if n == "keadaan" else r[n] for r in facts.aturan] for n in _RULES]
    return Sheet(said["aturan"], _RULES, heads, columns)


def _files(facts: Facts, said: Mapping[str, str]) -> Sheet:
    named = {"nama": "berkas", "berkas_id": "sidik", "baris_diterima": "diterima"}
    heads = [said.get(named.get(n, _HEADINGS.get(n, n)), n).lstrip("=+ ") for n in _FILES]
    columns = [
        [f"{r[n]:%Y-%m-%d %H:%M}" if n == "diterima_pada" and r[n] else r[n] for r in facts.berkas]
        for n in _FILES
    ]
    copies = [facts.salinan.get(r["berkas_id"]) for r in facts.berkas]
    links = {n: (copy, None) for n, copy in enumerate(copies) if copy}
    return Sheet(said["berkas"], _FILES, heads, columns, 0, links)
