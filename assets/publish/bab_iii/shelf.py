"""Definitions of tables, sentences and arrangements: ours, and an office's own of the same name over them."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

import warehouse

# The same safe loader, written in C where the library has it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OURS = Path(warehouse.__file__).parent / "bab_iii"
_DEFINED = (".sql", ".yaml")
# What a definition of a folder cannot do without.
_NEEDED: dict[str, dict[str, type]] = {
    "susunan": {"judul": str, "anak_judul": str, "isi": list},
    "tabel": {"judul": str, "kolom": list},
}


class DefinitionBroken(ValueError):
    """A definition contradicts itself or names what does not exist; says which file and what."""


class Shelf:
    """Where definitions are looked up.

    Args:
        office: the office's own folder ``HOME/warehouse/bab_iii``; a file there replaces ours of the same
            relative name as a whole (contract 1.2).
    """

    def __init__(self, office: Path | None = None) -> None:
        self._folders = [f for f in (office, OURS) if f is not None and f.is_dir()]

    def path(self, name: str) -> Path:
        """The file in force of that relative name.

        Raises:
            DefinitionBroken: if neither the office nor we have it.
        """
        for folder in self._folders:
            if (folder / name).is_file():
                return folder / name
        raise DefinitionBroken(f"{name}: tidak ada definisi dengan nama ini")

    def names(self, folder: str, suffix: str) -> list[str]:
        """Names without suffix of all definitions of one folder, ours and the office's."""
        return sorted({p.stem for each in self._folders for p in (each / folder).glob(f"*{suffix}")})

    def text(self, name: str) -> str:
        """A definition as it is written."""
        return self.path(name).read_text(encoding="utf-8")

    def read(self, name: str) -> dict[str, Any]:
        """A YAML definition.

        Raises:
            DefinitionBroken: if it is no YAML, no mapping, or lacks what its folder asks for.
        """
        path = self.path(name)
        said = _parsed(path, path.stat().st_mtime_ns)
        if not isinstance(said, dict):
            raise DefinitionBroken(f"{path}: isinya bukan daftar nama dan nilai")
        for word, kind in _NEEDED.get(name.partition("/")[0], {}).items():
            found = said.get(word)
            parts = found if isinstance(found, list) else []
            if not isinstance(found, kind) or not all(isinstance(part, dict) for part in parts):
                form = "daftar, tiap butirnya nama dan nilai" if kind is list else "teks"
                raise DefinitionBroken(f"{path}: {word} harus ada dan berupa {form}")
        return said

    @property
    def own(self) -> list[Path]:
        """The office's own definitions, which stand in place of ours."""
        return sorted(p for f in self._folders if f != OURS for p in f.rglob("*") if p.suffix in _DEFINED)

    @cached_property
    def sentences(self) -> dict[str, dict[str, Any]]:
        """All sentences by ``file/name``."""
        found = {
            f"{file}/{name}": said
            for file in self.names("kalimat", ".yaml")
            for name, said in self.read(f"kalimat/{file}.yaml").items()
        }
        for name, said in found.items():
            if not isinstance(said, dict):
                path = self.path(f"kalimat/{name.partition('/')[0]}.yaml")
                raise DefinitionBroken(f"{path}: {name.partition('/')[2]} bukan daftar nama dan nilai")
        return found

    @cached_property
    def laws(self) -> dict[str, str]:
        """Citations of law by name: the only numbers of a report that are not figures of the warehouse."""
        return {str(k): str(v) for k, v in self.read("hukum.yaml").items()}


@lru_cache(maxsize=1024)
def _parsed(path: Path, changed: int) -> Any:
    """A file's content as long as it is unchanged; five hundred reports read the same definitions."""
    del changed
    try:
        return _answered(yaml.load(path.read_bytes(), Loader=_LOADER))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f", baris {mark.line + 1}" if mark is not None else ""
        raise DefinitionBroken(f"{path}{line}: bukan YAML yang sah") from fault


def _answered(said: Any) -> Any:
    """With the words ``ya`` and ``tidak`` as yes and no: definitions are written in Indonesian."""
    match said:
        case dict():
            return {key: _answered(value) for key, value in said.items()}
        case list():
            return [_answered(value) for value in said]
        case "ya" | "tidak":
            return said == "ya"
    return said
