"""On which page each heading and caption comes to stand, measured by LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.publish.bab_iii.blocks import Dokumen
from assets.publish.bab_iii.word.contents import entries
from assets.publish.bab_iii.word.writing import write_loose

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 180  # seconds


def pages(dokumen: Dokumen, gaya: Path) -> Mapping[str, int]:
    """The page of each bookmark, for ``write``; empty where LibreOffice is not installed or gives none.

    Takes 3 to 6 seconds. Word may break lines elsewhere: an update of the lists (F9) is the last word.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return {}
    with TemporaryDirectory() as folder:
        made = Path(folder) / "daftar.docx"
        write_loose(dokumen, gaya, made)
        home = (Path(folder) / "profil").as_uri()
        subprocess.run(
            [program, f"-env:UserInstallation={home}", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
             "--outdir", folder, str(made)],
            check=False, capture_output=True, timeout=_LONGEST,
        )  # fmt: skip
        text = made.with_suffix(".txt")
        return _read(text.read_text(encoding="utf-8-sig"), dokumen) if text.is_file() else {}


def _read(text: str, dokumen: Dokumen) -> dict[str, int]:
    """Pages beside the lines of the lists; nothing at all where they are not the lines that were written."""
    lines = [line for of in entries(dokumen).values() for line in of]
    found = [re.fullmatch(r"(.*)\t(\d+)", line) for line in text.splitlines()]
    listed = [m for m in found if m][: len(lines)]
    if len(listed) < len(lines):
        return {}
    return {line.bookmark: int(m[2]) for line, m in zip(lines, listed, strict=True)}
