"""The findings as one page: opens offline, prints, reads from the gravest to the lightest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assets.publish import paper


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """The whole page; ``rows`` are findings, gravest first."""
    counts = Counter(r["akibat"] for r in rows)
    said = ", ".join(f"{n} {akibat}" for akibat, n in counts.items()) or "tidak ada"
    body = "".join(
        paper.section(akibat, [paper.article(r) for r in rows if r["akibat"] == akibat]) for akibat in counts
    )
    head = f"<h1>Temuan</h1>\n<p>{len(rows)} temuan dari jalan terakhir: {escape(said)}.</p>\n"
    return paper.page("Temuan lumbung", head + body)
