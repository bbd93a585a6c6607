"""What a mark says of a finding: the same words in every marked workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assets.publish.annotated.marking import Mark


def mark(row: Mapping[str, Any], lembar: str | None, sel: str | None) -> Mark:
    """A row of ``temuan`` as a mark at one place of the file."""
    return Mark(lembar, sel, row["akibat"], f"{settled(row)} {row['pesan']}".strip(), _explained(row))


def settled(row: Mapping[str, Any]) -> str:
    """That the finding was corrected or waived, and by which record; empty while it is open."""
    if row["pengecualian_id"]:
        return f"(dikecualikan: {row['pengecualian_id']})"
    return f"(sudah dikoreksi: {row['koreksi_id']})" if row["koreksi_id"] else ""


def _explained(row: Mapping[str, Any]) -> str:
    named = (
        ("Tertulis", "tertulis"),
        ("Seharusnya", "seharusnya"),
        ("Selisih", "selisih"),
        ("Dugaan", "dugaan"),
        ("Perbaiki", "cara_perbaiki"),
        ("Sel terkait", "sel_terkait"),
    )
    return "\n".join(f"{word}: {row[name]}" for word, name in named if row[name])
