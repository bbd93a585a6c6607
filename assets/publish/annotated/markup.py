"""XML parts changed where they must be and nowhere else: elements are found by their bytes, edits spliced in.

Parsing and writing a part anew would lose what a library does not know (extensions, prefixes, order of
attributes); here every byte outside an edit stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 cannot hold at all.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG_END = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


class MarkupUnfit(ValueError):
    """A part is not the XML it should be; the workbook cannot be marked."""


@dataclass
class Element:
    """One element by its bytes: ``start`` of its tag, ``inner`` just after it, ``close`` and ``end``.

    ``close`` is where its closing tag begins; in one without (``<row/>``) it equals ``end``. ``name`` is
    without prefix, ``prefix`` with its colon; ``path`` are the names of its parents, outermost first.
    """

    name: str
    prefix: str
    path: tuple[str, ...]
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int = -1
    end: int = -1

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute by its name without prefix."""
        found = (v for k, v in self.attributes.items() if k.rpartition(":")[2] == name)
        return next(found, otherwise)

    @property
    def bare(self) -> bool:
        """Whether it is a single tag that closes itself."""
        return self.close == self.end


@dataclass
class Edits:
    """Changes of one part: bytes in place of a range; an empty range inserts, in the order added."""

    data: bytes
    made: list[tuple[int, int, int, bytes]] = field(default_factory=list)

    def replace(self, start: int, end: int, by: bytes) -> None:
        """Put ``by`` in place of the bytes from ``start`` to ``end``."""
        self.made.append((start, end, len(self.made), by))

    def insert(self, at: int, by: bytes) -> None:
        """Put ``by`` before the byte ``at``."""
        self.replace(at, at, by)

    def append_to(self, element: Element, by: bytes) -> None:
        """Add children at the end of an element, opening it where it closes itself."""
        if not element.bare:
            self.insert(element.close, by)
            return
        tag = self.data[element.start : element.end]
        closing = f"</{element.prefix}{element.name}>".encode()
        self.replace(element.end - 2, element.end, b">" + by + closing)
        if not tag.endswith(b"/>"):
            raise MarkupUnfit(f"<{element.name}> neither closes itself nor is closed")

    def set_attributes(self, element: Element, **values: str) -> None:
        """Set attributes (without prefix) of an element's tag."""
        tag = self.data[element.start : element.inner]
        self.replace(element.start, element.inner, with_attributes(tag, values))

    def result(self) -> bytes:
        """The part with all changes."""
        parts, at = [], 0
        for start, end, _, by in sorted(self.made):
            parts += [self.data[at:start], by]
            at = end
        return b"".join([*parts, self.data[at:]])


def with_attributes(tag: bytes, values: Mapping[str, str]) -> bytes:
    """The start tag with these attributes set; others stay as they stand.

    >>> with_attributes(b'<c r="A1" s="3"/>', {"s": "9"})
    b'<c r="A1" s="9"/>'
    """
    for name, value in values.items():
        said = f"{name}={quoteattr(value)}".encode()
        tag, found = re.subn(
            rb"(?<=\s)" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""", said, tag, count=1
        )
        if not found:
            tag = re.sub(rb"^<[^\s/>]+", lambda m, s=said: m.group() + b" " + s, tag, count=1)  # type: ignore[misc]
    return tag


Wanted = Callable[[str, Mapping[str, str], Sequence[str]], bool]


def elements(data: bytes, wanted: Wanted) -> list[Element]:
    """The elements that ``wanted`` picks, in document order.

    Args:
        data: the part, UTF-8 (``as_utf8``).
        wanted: asked of each element in document order with its name (without prefix), its attributes and
            the names of its parents, outermost first.

    Raises:
        MarkupUnfit: no well-formed XML, or one with a document type.
    """
    parser = expat.ParserCreate()
    found: list[Element] = []
    path: list[str] = []
    open_: list[Element | None] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        element = None
        if wanted(local, attributes, path):
            at = parser.CurrentByteIndex
            tag = _TAG_END.match(data, at)
            if tag is None:
                raise MarkupUnfit(f"<{name}> has no end")
            prefix = name[: len(name) - len(local)]
            element = Element(local, prefix, tuple(path), attributes, at, tag.end())
            found.append(element)
        open_.append(element)
        path.append(local)

    def end(_: str) -> None:
        path.pop()
        element = open_.pop()
        if element is not None:
            bare = data[element.inner - 2 : element.inner] == b"/>"
            element.close = element.inner if bare else parser.CurrentByteIndex
            element.end = element.inner if bare else data.index(b">", element.close) + 1

    def no_doctype(*_: object) -> None:
        raise MarkupUnfit("a document type is declared")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = no_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as broken:
        raise MarkupUnfit(str(broken)) from broken
    return found


def named(data: bytes, *names: str) -> dict[str, Element]:
    """The first element of each name, wherever it stands."""
    first: dict[str, Element] = {}
    for element in elements(data, lambda name, *_: name in names):
        first.setdefault(element.name, element)
    return first


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8: as it is, or decoded by its byte order mark or declaration."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _undeclared(data.decode(encoding))
    said = re.match(rb"""\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""", data[:200])
    if said is None or said.group(1).lower() in (b"utf-8", b"us-ascii"):
        return data
    try:
        return _undeclared(data.decode(said.group(1).decode()))
    except (LookupError, UnicodeDecodeError) as broken:
        raise MarkupUnfit(str(broken)) from broken


def _undeclared(text: str) -> bytes:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()


def text(said: str) -> str:
    """A text as the content of an element: escaped, without what XML cannot hold."""
    return escape(_IMPOSSIBLE.sub("", said))


def quoted(said: str) -> str:
    """A text as the value of an attribute, quotes included; line breaks stay."""
    return quoteattr(_IMPOSSIBLE.sub("", said), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def joined(parts: Iterable[str]) -> bytes:
    """Pieces of markup as bytes."""
    return "".join(parts).encode("utf-8")
