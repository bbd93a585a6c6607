"""Tables of the page: the first rows written out, the rest as data that the page's script turns over.

A cell is a text, or a list that begins with its kind: ``["n", text]`` a number, ``["a", text, address]`` a
link, ``["l", light, sign, word]`` a light with its sign and word, ``["m", text]`` a code or hash,
``["o", text, table|key]`` figures that open their way back, ``["d", number, unit, year, state]`` a number of
figures that leads to the list of them. The script draws the same kinds (``page.js``), so that a row looks the
same on every page of its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assets.publish.way_back.assets import button

FIRST = 50  # rows written out: enough to read without a script, few enough to open fast

Cell = str | list[str]


@dataclass(frozen=True)
class Grid:
    """One table under its heading; ``name`` is its id."""

    name: str
    heading: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def rest(self) -> list[list[Cell]] | None:
        """All rows, where they are too many to be written out."""
        return [list(r) for r in self.rows] if len(self.rows) > FIRST else None

    def html(self) -> str:
        """The section with the table; nothing where there are no rows."""
        if not self.rows:
            return ""
        heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in self.heads)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in self.rows[:FIRST])
        caption = f"<caption><span>{escape(self.caption)}</span></caption>"
        table = f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table>"
        heading = f"{escape(self.heading)} <small>{printed(len(self.rows))}</small>"
        return (
            f'<section id="{self.name}" aria-labelledby="{self.name}-judul">'
            f'<h2 id="{self.name}-judul" tabindex="-1">{heading}</h2>\n'
            f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(self.heading)}">'
            f"{table}</div></section>\n"
        )


def number(value: Any) -> Cell:
    """A whole number as printed in Indonesia; nothing where there is none."""
    return ["n", "" if value is None else printed(value)]


def printed(number: int) -> str:
    """A whole number as printed in Indonesia.

    >>> printed(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")


def cap(kind: str, sign: str, word: str) -> str:
    """A light or consequence: never colour alone."""
    return f'<span class="cap {kind}"><span aria-hidden="true">{sign}</span> {escape(word)}</span>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    match cell:
        case ["n", text]:
            return f'<td class="n">{escape(text)}</td>'
        case ["a", text, address]:
            return f'<td><a href="{escape(address)}">{escape(text)}</a></td>'
        case ["l", light, sign, word]:
            return f"<td>{cap(light, sign, word)}</td>"
        case ["m", text]:
            return f"<td><code>{escape(text)}</code></td>"
        case ["o", text, named]:
            table, _, key = named.partition("|")
            return f"<td>{button(table, key, None, text)}</td>"
        case ["d", text, *which]:
            listed = escape("|".join(which))
            made = f'<button type="button" class="angka" data-angka="{listed}">{text}</button>'
            return f'<td class="n">{made}</td>'
    raise ValueError(f"no such kind of cell: {cell!r}")
