"""Comments on the cells of one sheet: new ones, and a paragraph added to those that stand there.

A comment is two things: its text (the comments part) and the yellow box that shows it (a VML drawing, which
old programs write in markup that is no XML and which therefore is only added to, never parsed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assets.publish.annotated.markup import Edits, Element, MarkupUnfit, elements, joined, text
from assets.publish.annotated.place import a1
from assets.publish.annotated.styles import prefixed

AUTHOR = "lumbung"
# Letters a comment may have: a box beyond that cannot be read on a screen.
_LONGEST = 1500
_THREAD = "tc="  # begins the author of the stand-in for a threaded comment, whose text programs rewrite

_Cell = tuple[int, int]


def empty(main: str) -> bytes:
    """A comments part without comments; ``main`` is the namespace."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return joined([head, f'<comments xmlns="{main}"><authors/><commentList/></comments>'])


def add(data: bytes, said: Mapping[_Cell, str]) -> tuple[bytes, list[_Cell]]:
    """The comments part with one more comment, or one more paragraph, on each cell.

    Args:
        data: the part.
        said: what to say of each cell (row, column).

    Returns:
        The part, and the cells that had no comment and so need a box to show it. A cell with a threaded
        comment keeps that one alone.

    Raises:
        MarkupUnfit: the part is no list of comments.
    """
    found = elements(data, lambda name, *_: name in ("authors", "author", "commentList", "comment", "text"))
    parts = {e.name: e for e in found}
    if not {"authors", "commentList"} <= parts.keys():
        raise MarkupUnfit("no list of comments")
    authors = [e for e in found if e.name == "author"]
    standing = {e.get("ref").replace("$", "").upper(): e for e in found if e.name == "comment"}
    bodies = [e for e in found if e.name == "text" and e.path[-1] == "comment"]
    threads = {n for n, e in enumerate(authors) if data[e.inner : e.close].startswith(_THREAD.encode())}
    edits = Edits(data)
    prefix = parts["commentList"].prefix
    new, made = [], []
    for cell, words in sorted(said.items()):
        held = standing.get(a1(*cell))
        if held is None:
            new.append(cell)
            made.append(_comment(a1(*cell), len(authors), words[:_LONGEST], prefix))
        elif int(held.get("authorId") or 0) not in threads:
            _append(edits, held, bodies, "\n\n" + words[:_LONGEST])
    edits.append_to(parts["authors"], joined([prefixed(f"<author>{AUTHOR}</author>", prefix)]))
    if made:
        edits.append_to(parts["commentList"], joined(made))
    return edits.result(), new


def _comment(ref: str, author: int, words: str, prefix: str) -> str:
    run = prefixed('<r><rPr><sz val="9"/><rFont val="Tahoma"/><family val="2"/></rPr>', prefix)
    return (
        f'<{prefix}comment ref="{ref}" authorId="{author}"><{prefix}text>{run}'
        f'<{prefix}t xml:space="preserve">{text(words)}</{prefix}t></{prefix}r></{prefix}text>'
        f"</{prefix}comment>"
    )


def _append(edits: Edits, comment: Element, bodies: list[Element], words: str) -> None:
    body = next((b for b in bodies if comment.start < b.start < comment.end), None)
    said = f'<r><t xml:space="preserve">{text(words)}</t></r>'
    if body is None:
        raise MarkupUnfit(f"the comment on {comment.get('ref')} has no text")
    edits.append_to(body, prefixed(said, body.prefix).encode())


# --- boxes -------------------------------------------------------------------------------------------
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_LETTERS_A_LINE, _LEAST_LINES, _MOST_LINES = 42, 5, 22


def boxes(drawing: bytes | None, cells: Mapping[_Cell, str]) -> bytes:
    """The drawing (None for a new one) with a hidden box for the comment on each cell.

    Raises:
        MarkupUnfit: the drawing does not end as one does.
    """
    data = drawing or _EMPTY_DRAWING.encode()
    end = data.rfind(b"</xml>")
    if end < 0:
        raise MarkupUnfit("the drawing of the comments has no end")
    numbers = [int(n) for n in re.findall(rb"_x0000_s(\d{1,9})\b", data)]
    first = max([1024, *numbers]) + 1
    declared = "".join(f' xmlns:{p}="{uri}"' for p, uri in _SPACES.items() if not _declares(data, p, uri))
    said = [] if b'id="_x0000_t202"' in data else [_SHAPE_TYPE.replace(" id=", f"{declared} id=", 1)]
    said += [
        _box(first + n, baris, kolom, words, declared)
        for n, ((baris, kolom), words) in enumerate(sorted(cells.items()))
    ]
    return data[:end] + joined(said) + data[end:]


def _declares(data: bytes, prefix: str, uri: str) -> bool:
    head = data[: data.find(b">") + 1]
    return re.search(rf"""xmlns:{prefix}\s*=\s*["']{re.escape(uri)}["']""".encode(), head) is not None


def _box(number: int, baris: int, kolom: int, words: str, declared: str) -> str:
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in words[:_LONGEST].split("\n"))
    height = min(max(lines, _LEAST_LINES), _MOST_LINES)
    top = max(baris - 2, 0)
    anchor = f"{kolom}, 15, {top}, 10, {kolom + 4}, 30, {top + height}, 4"
    style = f"position:absolute;margin-left:60pt;margin-top:1pt;width:270pt;height:{height * 13}pt;z-index:1;"
    return (
        f'<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" style="{style}visibility:hidden"'
        ' fillcolor="#fffbe6" o:insetmode="auto">'
        '<v:fill color2="#fffbe6"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{baris - 1}</x:Row><x:Column>{kolom - 1}</x:Column></x:ClientData></v:shape>"
    )
