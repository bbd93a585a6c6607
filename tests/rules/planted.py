"""Planted examples of rules: tables that break a rule, where it must speak and what it says, and a near miss.

They stand as data in ``contoh/*.yaml`` (one entry a rule): ``langgar`` and ``wajar`` are rows of clean or
computed tables with just what matters, ``temuan`` what must be found (``jumlah`` where more than one),
``dikatakan`` the sentence as an officer reads it. The page of rules prints them. In a row ``jawaban`` are the
nine answers of a respondent (``443-44444``, ``-`` a blank), and ``ulang`` says how many times it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "contoh"


class _AsWritten(yaml.SafeLoader):
    """Numbers with a point stay as written: rows are exact."""


_AsWritten.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Planted:
    """One rule's example."""

    aturan: str
    langgar: Rows
    wajar: Rows
    temuan: Mapping[str, Any] = field(default_factory=dict)
    dikatakan: str = ""


def whole(rows: Rows) -> Rows:
    """The rows with their shorthands written out."""
    return {name: [one for row in each for one in _whole(row)] for name, each in rows.items()}


def _whole(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    made = {k: v for k, v in row.items() if k not in ("jawaban", "ulang")}
    for n, said in enumerate(row.get("jawaban", ""), 1):
        made[f"u{n}"] = None if said == "-" else int(said)
    return [dict(made) for _ in range(row.get("ulang", 1))]


@cache
def planted() -> Mapping[str, Planted]:
    """All examples by rule.

    Raises:
        ValueError: a rule has two examples, or an entry has keys that no example has.
    """
    found: dict[str, Planted] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=_AsWritten)
        for aturan, facts in said.items():
            if aturan in found:
                raise ValueError(f"{path.name}: {aturan} has an example already")
            if strange := facts.keys() - {"langgar", "wajar", "temuan", "dikatakan"}:
                raise ValueError(f"{path.name}: {aturan}: {sorted(strange)}")
            found[aturan] = Planted(aturan, **facts)
    return found
