"""``datapackage.json``: the open files as a Frictionless Data Package v1, for ``frictionless validate``.

Field types and meanings come from the contract of each table. The CSV files are the tabular resources; the
Parquet files beside them hold the same rows and are listed as plain files, so that a validator needs no
Parquet reader.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assets.publish.open_data import edition as editions
from assets.publish.open_data.edition import MEDIA_TYPES, Edition
from warehouse import contracts

_TYPES = {
    "text": "string",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "decimal(18,2)": "number",
    "decimal(24,12)": "number",
}


def describe(edition: Edition) -> dict[str, Any]:
    """The data package: two resources a table."""
    terms = edition.terms
    return {
        "profile": "data-package",
        "name": edition.name,
        "title": editions.TITLE,
        "description": "Angka kinerja kantor kecamatan, dihitung dari berkasnya dan diperiksa; kosong "
        "berarti tidak dihitung, tidak dilaporkan atau ditahan, dan kolom alasan menyebut yang mana.",
        "created": edition.moment,
        "licenses": [
            {"name": terms.lisensi.spdx, "title": terms.lisensi.judul, "path": terms.lisensi.alamat}
        ],
        "contributors": [{"title": edition.publisher, "role": "publisher"}],
        "keywords": list(editions.KEYWORDS),
        "sources": [
            {"title": "Berkas kantor kecamatan dan data kementerian; tiap berkas dalam tabel berkas"}
        ],
        "citation": edition.citation,
        **({"homepage": terms.alamat} if terms.alamat else {}),
        "resources": [
            _resource(edition, name, form, path)
            for name in sorted(edition.tables)
            for form, path in edition.files(name)
        ],
    }


def _resource(edition: Edition, name: str, form: str, path: Path) -> dict[str, Any]:
    size, digest = edition.fingerprint(path)
    tabular = form == "csv"
    said: dict[str, Any] = {
        "name": name.replace("_", "-") + ("" if tabular else f"-{form}"),
        "title": editions.title(name),
        "description": editions.description(name),
        "path": path.as_posix(),
        "mediatype": MEDIA_TYPES[form],
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if not tabular:
        return {**said, "type": "file"}
    return {
        **said,
        "type": "table",
        "profile": "tabular-data-resource",
        "format": form,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(name),
    }


def _schema(name: str) -> dict[str, Any]:
    contract = contracts.table(name)
    fields = [
        {
            "name": c.name,
            "type": _TYPES[c.type],
            "description": c.comment,
            **({"constraints": {"required": True}} if c.required else {}),
        }
        for c in contract.columns
    ]
    return {"fields": fields, "primaryKey": list(contract.key), "missingValues": [""]}
