"""What a page needs besides packs: the script with its words, the style, and the markup of a figure."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path

from assets.publish.origin_words import every

_HERE = Path(__file__).parent


@cache
def script() -> str:
    """The script, to be inlined or written as a file; defines ``LumbungAsal``."""
    words = json.dumps(every(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (_HERE / "asal.js").read_text(encoding="utf-8").rstrip() + f"({words});\n"


@cache
def style() -> str:
    """The style of figures and of the dialog."""
    return (_HERE / "asal.css").read_text(encoding="utf-8")


def figure_id(table: str, key: str, column: str | None = None) -> str:
    """The id of a figure, or of a row: what ``data-asal`` and ``#asal=`` hold."""
    return f"{table}|{key}|{column}" if column else f"{table}|{key}"


def button(table: str, key: str, column: str | None, shown: str) -> str:
    """A figure that opens its way back; without a script it is its text.

    Args:
        table: its table.
        key: its row's key as trails write it.
        column: its column; None opens the whole row.
        shown: the figure as the page shows it.
    """
    named = escape(figure_id(table, key, column))
    return f'<button type="button" class="angka" data-asal="{named}">{escape(shown)}</button>'
