"""In which unit a table says its money is: nothing but full rupiah is taken at its figures.

"(dalam ribuan rupiah)" above a table makes every amount a thousandth of what it means, and all sums and
percentages of the table agree with it: only the words tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assets.readers.copying import TableRead
from assets.readers.rows import PrintedTable
from quality.finding import Finding

_MANY = r"(?:ribu|juta|mil[iy]ar)(?:an)?"
_SCALED = re.compile(
    rf"\bdalam\s+(?:satuan\s+)?(?:rp\.?\s*)?{_MANY}\b(?:\s+(?:rupiah|rp\b))?"
    rf"|\bsatuan\s*:?\s*(?:rp\.?\s*)?{_MANY}\b(?:\s+(?:rupiah|rp\b))?"
    rf"|\(\s*(?:x\s*)?(?:rp\.?\s*)?{_MANY}\s*(?:rupiah|rp\.?)?\s*\)"
    rf"|\(\s*(?:x\s*)?rp\.?\s*(?:1[.,]000(?:[.,]000)?|000)\s*\)"
    rf"|\brp\.?\s*{_MANY}\b",
    re.I,
)


def scaled(text: str) -> str | None:
    """The words by which a title or header says that amounts are not in full rupiah.

    >>> scaled("(dalam ribuan rupiah)"), scaled("Pagu (Rp juta)"), scaled("Pagu (Rp)")
    ('dalam ribuan rupiah', '(Rp juta)', None)
    """
    found = _SCALED.search(text)
    return " ".join(found[0].split()) if found else None


def told(table: PrintedTable, described: TableRead, berkas_id: str) -> Iterator[Finding]:
    """One finding on all cells of a table whose title or a header of whose figures names another unit."""
    heads = [c.head.teks for c in table.columns if c.spec.nilai == "angka"]
    words = next((w for w in map(scaled, (*table.judul, *heads)) if w), None)
    if words and heads:
        yield Finding(
            "uang_bukan_rupiah",
            berkas_id=berkas_id,
            lembar=described.lembar,
            cell=described.area(berkas_id),
            tertulis=words,
            seharusnya="rupiah penuh",
        )
