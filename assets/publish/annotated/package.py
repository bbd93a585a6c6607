"""The zip package of a workbook: parts by name, relationships and content types, written anew beside the old.

What is not put stays byte for byte; nothing in a package is executed, followed or unpacked to disk.
"""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Self

from assets.publish.annotated.markup import Edits, MarkupUnfit, as_utf8, elements, joined, quoted

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    STRICT: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
_EMPTY_RELS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'
)


class Package:
    """One workbook's package. Names of parts are as in the zip; case and slashes do not matter."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(i.filename): i for i in archive.infolist()}
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        book = self.targets("").get("officeDocument", {})
        self.book = next(iter(book.values()), "xl/workbook.xml")
        self.office = STRICT if STRICT.encode() in self.read(self.book) else TRANSITIONAL

    @classmethod
    def open(cls, path: Path) -> Self:
        """The package of a file.

        Raises:
            MarkupUnfit: no zip, or no workbook in it.
        """
        try:
            return cls(zipfile.ZipFile(path))
        except (zipfile.BadZipFile, KeyError) as broken:
            raise MarkupUnfit(str(broken)) from broken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    @property
    def main(self) -> str:
        """The namespace of its sheets."""
        return _MAIN[self.office]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._names or name in self._added

    def read(self, name: str) -> bytes:
        """A part as it is now, in UTF-8.

        Raises:
            MarkupUnfit: there is no such part.
        """
        if name in self._added:
            return self._added[name]
        info = self._names.get(_plain(name))
        if info is None:
            raise MarkupUnfit(f"part {name} is not there")
        if info.filename not in self._changed:
            return as_utf8(self._archive.read(info))
        return self._changed[info.filename]

    def write(self, name: str, data: bytes) -> None:
        """Change a part, or add one."""
        info = self._names.get(_plain(name))
        if info is not None:
            self._changed[info.filename] = data
        else:
            self._added[name] = data

    # --- relationships -------------------------------------------------------------------------------
    def targets(self, part: str) -> dict[str, dict[str, str]]:
        """Parts that ``part`` ('' for the package) refers to: kind -> id -> name; none outside."""
        name = _rels_of(part)
        if not self.has(name):
            return {}
        found: dict[str, dict[str, str]] = {}
        for link in elements(self.read(name), lambda tag, *_: tag == "Relationship"):
            if link.get("TargetMode") != "External":
                kind = link.get("Type").rpartition("/")[2]
                found.setdefault(kind, {})[link.get("Id")] = _resolved(part, link.get("Target"))
        return found

    def refer(self, part: str, kind: str, target: str) -> str:
        """Let ``part`` refer to another; returns the id of the new relationship."""
        name = _rels_of(part)
        data = self.read(name) if self.has(name) else _EMPTY_RELS.encode()
        found = elements(data, lambda tag, *_: tag in ("Relationship", "Relationships"))
        used = {e.get("Id") for e in found}
        new = next(f"rIdLumbung{n}" for n in range(1, len(used) + 2) if f"rIdLumbung{n}" not in used)
        root = found[0]
        edits = Edits(data)
        link = f'Id="{new}" Type="{self.office}/{kind}" Target={quoted("/" + target)}'
        edits.append_to(root, joined([f"<{root.prefix}Relationship {link}/>"]))
        self.write(name, edits.result())
        return new

    # --- content types -------------------------------------------------------------------------------
    def declare(self, part: str, content_type: str) -> None:
        """Say what kind of content a new part has."""
        self._declare("Override", "PartName", f"/{part}", content_type)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say what kind of content parts of an ending have, unless it is said already."""
        self._declare("Default", "Extension", ending, content_type)

    def _declare(self, name: str, key: str, value: str, content_type: str) -> None:
        data = self.read(_TYPES)
        found = elements(data, lambda tag, *_: tag in ("Types", name))
        if any(e.get(key).lower() == value.lower() for e in found):
            return
        root = next(e for e in found if e.name == "Types")
        edits = Edits(data)
        said = f'<{root.prefix}{name} {key}={quoted(value)} ContentType="{content_type}"/>'
        # A Default may stand anywhere; first is where writers put it.
        if name == "Default" and not root.bare:
            edits.insert(root.inner, said.encode())
        else:
            edits.append_to(root, said.encode())
        self.write(_TYPES, edits.result())

    # --- out -----------------------------------------------------------------------------------------
    def save(self, to: Path) -> None:
        """Write the package with its changes to another file, whole or not at all."""
        building = to.with_name(f".{to.name}.building")
        with zipfile.ZipFile(building, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self._archive.infolist():
                data = self._changed.get(info.filename)
                out.writestr(info, self._archive.read(info) if data is None else data)
            for name, data in self._added.items():
                out.writestr(name, data)
        building.replace(to)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
