"""What a reader may keep of a printed text: nothing that says who a person is (design 3.9, contract 7.7).

Patterns (NIK, NIP, telephone, e-mail) are ``warehouse/values/personal``; here is what depends on where a
text stands: a title line that names an officer, an answer that is no answer, a row outside every column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from warehouse.values.answers import parse_answer
from warehouse.values.numbers import Unreadable
from warehouse.values.personal import MASK, mask

# Shapes of fields that hold words, in which a number of a person may have been typed.
WORDED = ("teks", "bebas", "jawaban")
# "Petugas: ...", "Nama Responden : ...": what follows is a person.
_LABELLED = re.compile(
    r"\b(nama\s+(?:lengkap|petugas|responden|surveyor|enumerator|pegawai|operator|camat|pejabat|pengisi)"
    r"|petugas(?:\s+(?:survei|survey|pendata|lapangan|entri))?|surveyor|enumerator|pewawancara|operator|pengisi"
    r"|responden|(?:disusun|dibuat|diisi|diolah|diketik)\s+oleh|penanggung\s*jawab|pic|nip|nik|alamat"
    r"|(?:no(?:mor)?\.?\s*)?(?:hp|telp|telepon|wa))\s*[:=]\s*\S.*",
    re.I | re.S,
)
_AMOUNT = re.compile(
    r"[(-]?\s?(?:Rp\.?\s?)?(?:0|[1-9]\d{0,14}|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]\d+)?\s?[)%]?"
)
# Clean refuses cells of worded fields beyond 8,000 letters; masking costs time by the length of a word.
_LONGEST = 8_100
_LETTERS = re.compile(r"[^\W\d_]")
# Control characters (a line break, an escape to the terminal), marks that turn the direction of writing, and
# bytes that are no letters of the system's encoding.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


def file_name(name: str) -> str:
    r"""The name of a file as it may be told and kept: one line, as it is shown, personal patterns masked.

    >>> file_name("SKM\n081234567890\u202excel.xlsx")
    'SKM_[disamarkan]_xcel.xlsx'
    """
    return mask(_UNSHOWN.sub("_", name))


def sheet_names(names: Sequence[str]) -> list[str]:
    """The names of a workbook's sheets as they may be told, in the same order and still all different.

    >>> sheet_names(["LRA", "HP 081234567890", "HP 081234567891"])
    ['LRA', 'HP [disamarkan]', 'HP [disamarkan] (2)']
    """
    told = [file_name(name) for name in names]
    times: Counter[str] = Counter(told)
    seen: Counter[str] = Counter()
    for i, name in enumerate(told):
        seen[name] += 1
        if times[name] > 1 and seen[name] > 1:
            told[i] = f"{name} ({seen[name]})"
    return told


def title(text: str, longest: int) -> str:
    """A line of a sheet outside its columns, without persons and not longer than ``longest``."""
    return _LABELLED.sub(rf"\1: {MASK}", bounded(text, longest))


def bounded(text: str, longest: int) -> str:
    """The beginning of a text, masked; patterns cost time by the length of a text, so it is cut first."""
    return mask(text[: 2 * longest])[:longest]


def kept(text: str, shape: str) -> str:
    """The text of a cell as it may be handed over: as printed, personal patterns masked.

    Args:
        text: the cell.
        shape: what its field holds. In fields of numbers and codes what may be an amount stays; a number of
            sixteen digits is none, nor is one that begins as a telephone number does.
    """
    if shape == "jawaban" and not _is_answer(text):
        return MASK
    if shape not in WORDED and _AMOUNT.fullmatch(text):
        return text
    return mask(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _is_answer(text: str) -> bool:
    """Whether a text may be shown in an answer column: an answer, or too short to be a name."""
    if len(_LETTERS.findall(text[:200])) < 3:
        return True
    try:
        parse_answer(text[:200])
    except Unreadable:
        return False
    return True
