"""The file itself: the same report gives the same bytes, and no word about whose machine made it."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

_NO_TIME = dt.datetime(2020, 1, 1)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
AUTHOR = "lumbung"


def describe(document: Document, judul: str, tentang: str, waktu: str) -> None:
    """The properties of the document.

    Args:
        document: the document.
        judul: its title.
        tentang: its subject.
        waktu: when its figures were published, ISO 8601; another text counts as unknown.
    """
    properties = document.core_properties
    when = _time(waktu)
    properties.title, properties.subject, properties.author = judul[:255], tentang[:255], AUTHOR
    properties.last_modified_by, properties.language = AUTHOR, "id-ID"
    properties.created = properties.modified = when
    properties.keywords = properties.comments = ""
    properties.revision = 1


def save(document: Document, to: Path) -> None:
    """Write the document; the parts in a fixed order, without the time of writing."""
    raw = BytesIO()
    document.save(raw)
    packed = BytesIO()
    with ZipFile(raw) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        names = [n for n in parts.namelist() if n not in _FIRST]
        for name in (*_FIRST, *sorted(names, key=_natural)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            made.writestr(entry, parts.read(name))
    part = to.with_name(f".{to.name}.bagian")
    part.write_bytes(packed.getvalue())
    part.replace(to)


def _natural(name: str) -> list[int | str]:
    return [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)]


def _time(waktu: str) -> dt.datetime:
    try:
        when = dt.datetime.fromisoformat(waktu)
    except ValueError:
        return _NO_TIME
    return (when.astimezone(dt.UTC) if when.tzinfo else when).replace(tzinfo=None, microsecond=0)
