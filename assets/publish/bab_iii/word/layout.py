"""On which page each heading and caption comes to stand, measured by LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.publish.bab_iii.blocks import Dokumen
from assets.publish.bab_iii.word.writing import write_to_measure
from assets.readers.pdf.pages import opened

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 180  # seconds


def pages(dokumen: Dokumen, gaya: Path) -> Mapping[str, int]:
    """The page of each bookmark, for ``write``; empty where LibreOffice is not installed or gives none.

    Takes 3 to 6 seconds. Word may break lines elsewhere: an update of the lists (F9) has the last word.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return {}
    with TemporaryDirectory() as folder:
        made = Path(folder) / "daftar.docx"
        write_to_measure(dokumen, gaya, made)
        home = (Path(folder) / "profil").as_uri()
        ask = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(made)]
        subprocess.run(
            [program, f"-env:UserInstallation={home}", *ask],
            check=False,
            capture_output=True,
            timeout=_LONGEST,
        )
        laid_out = made.with_suffix(".pdf")
        return _read(laid_out) if laid_out.is_file() else {}


def _read(laid_out: Path) -> dict[str, int]:
    document = opened(laid_out)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return {name: int(page) for name, page in re.findall(r"(_Toc\d{8})=(\d+);", text)}
