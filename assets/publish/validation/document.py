"""``temuan.json``: the findings for programs, and the schema that says what each part of it means.

After the validation report of the European Statistical System (ValidatReport 1.0.1): every result names its
event, its rule with severity, and the data it is about by key; what passed is told beside what failed. Where
one of our names stands for one of its, the schema says so (``x-ess``). Both languages are inside.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets.publish.validation import coverage
from assets.publish.validation.facts import STATES, Facts
from quality.finding import AKIBAT
from quality.rule import JENIS
from warehouse import contracts

SCHEMA = "temuan.schema.json"
VERSION = "1.0"
_LISTS = ("menahan", "menyentuh")
_CHECKED = ("aturan", "jenis", "akibat", "tabel", "dinilai", "pelanggar", "temuan", "keadaan")
_FILE = ("berkas_id", "nama", "sumber", "kode_unit", "periode", "ukuran", "diterima_pada", "status")
_ESS = {
    "temuan_id": "id",
    "jalan_id": "event",
    "aturan": "rule.expression",
    "akibat": "rule.severity (henti, tahan, tolak: error; ingat: warning)",
    "pesan_en": "rule.description",
    "berkas_id": "data.source",
    "sel": "data.target",
}
_STATES_OF_RULES = (coverage.LOLOS, coverage.DILANGGAR, coverage.TANPA_BARIS, coverage.DALAM_KODE)


def write(facts: Facts, to: Path) -> None:
    """Write the document, whole or not at all; one finding a line."""
    building = to.with_name(f".{to.name}.building")
    with building.open("w", encoding="utf-8") as out:
        out.writelines(text(facts))
    building.replace(to)


def text(facts: Facts) -> Iterator[str]:
    """The document in pieces."""
    head = {
        "$schema": SCHEMA,
        "versi_skema": VERSION,
        "jalan": facts.jalan,
        "saringan": dict(facts.saringan),
        "pemeriksaan": [{k: r[k] for k in _CHECKED} for r in facts.aturan],
        "berkas": [
            {k: r[k] for k in _FILE} | {"salinan": facts.salinan.get(r["berkas_id"])} for r in facts.berkas
        ],
    }
    yield _json(head)[:-1] + ',"temuan":['
    names = [n for n in facts.temuan.schema.names if n != "kelompok"]
    columns = [facts.temuan[n].to_pylist() for n in names]
    between = "\n"
    for values in zip(*columns, strict=True):
        row = dict(zip(names, values, strict=True))
        for name in _LISTS:
            row[name] = row[name].split("; ") if row[name] else []
        yield between + _json(row)
        between = ",\n"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"  # stored in UTC without zone
    raise TypeError(f"{value!r} has no place in the document")


# --- schema ------------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """The JSON Schema of the document; meanings and types of columns come from their contracts."""
    checked = {
        "aturan": _text("Kode aturan", also={"x-ess": "rule.expression"}),
        "jenis": {"enum": list(JENIS), "description": "Cara aturan dijalankan"},
        "akibat": {"enum": list(AKIBAT), "description": "Akibat bila dilanggar"},
        "tabel": _text("Tabel yang dinilai; kosong untuk aturan dalam kode", null=True),
        "dinilai": {"type": ["integer", "null"], "minimum": 0, "description": "Baris yang dinilai"},
        "pelanggar": {"type": ["integer", "null"], "minimum": 0, "description": "Baris yang melanggar"},
        "temuan": {"type": "integer", "minimum": 0, "description": "Temuan yang disebut di bawah"},
        "keadaan": {"enum": list(_STATES_OF_RULES), "description": "lolos: value 1 pada laporan ESS"},
    }
    file = _columns("berkas", _FILE) | {"salinan": _text("Tautan ke salinan bertanda", null=True)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Temuan lumbung",
        "description": "Temuan satu jalan; x-ess menyebut padanannya pada ValidatReport 1.0.1 (ESS).",
        "type": "object",
        "required": ["versi_skema", "jalan", "saringan", "pemeriksaan", "berkas", "temuan"],
        "properties": {
            "$schema": {"type": "string"},
            "versi_skema": {"const": VERSION},
            "jalan": _object(_columns("jalan", [c.name for c in contracts.table("jalan").columns]))
            | {"x-ess": "event"},
            "saringan": {"type": "object", "additionalProperties": {"type": "string"}},
            "pemeriksaan": {"type": "array", "items": _object(checked)},
            "berkas": {"type": "array", "items": _object(file)},
            "temuan": {"type": "array", "items": _object(_finding())},
        },
        "additionalProperties": False,
    }


def _finding() -> dict[str, Any]:
    table = contracts.table("temuan")
    listed = {"type": "array", "items": {"type": "string", "pattern": "^[a-z_0-9]+\\|."}}
    made = _columns("temuan", [c.name for c in table.columns])
    made["akibat"] = {"enum": list(AKIBAT)} | {k: v for k, v in made["akibat"].items() if k != "type"}
    return made | {
        "sejak": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "Sejak kapan temuan ini ada (UTC)",
            "x-ess": "event.time",
        },
        "keadaan": {"enum": list(STATES), "description": "Baru, sudah diketahui, atau sudah diselesaikan"},
        "menahan": listed | {"description": "Angka yang tidak terbit karenanya, tabel|kunci"},
        "menyentuh": listed | {"description": "Angka lain yang terkait, tabel|kunci"},
    }


def _columns(table: str, names: Any) -> dict[str, Any]:
    known = {c.name: c for c in contracts.table(table).columns}
    return {name: _column(known[name]) for name in names}


def _column(column: contracts.Column) -> dict[str, Any]:
    kind = {"integer": "integer", "timestamp": "string"}.get(column.type, "string")
    made: dict[str, Any] = {"type": kind if column.required else [kind, "null"]}
    made |= {"format": "date-time"} if column.type == "timestamp" else {}
    made["description"] = column.comment
    return made | ({"x-ess": _ESS[column.name]} if column.name in _ESS else {})


def _text(means: str, *, null: bool = False, also: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {"type": ["string", "null"] if null else "string", "description": means, **(also or {})}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }
