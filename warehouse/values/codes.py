"""Codes of regions, accounts and programmes, and names brought to one form for matching.

A code is text; a spreadsheet that kept it as a number may have lost zeros, and is then refused.
What does not belong here: whether a code exists (``regions.py``, ``programs.py``).
"""

from __future__ import annotations

import re
import unicodedata

from warehouse.values.numbers import Unreadable

# Widths of the segments, from the first: Kemendagri region codes (Kepmendagri 300.2.2-2138/2025),
# accounts and programmes (Permendagri 90/2019, Kepmendagri 050-5889/2021; sub kegiatan 4 digits since 2024).
_WILAYAH = (2, 2, 2, 4)
_REKENING = (1, 1, 2, 2, 2, 4)
_PROGRAM = (1, 2, 2, 1, 2, 4)
TINGKAT_REKENING = ("akun", "kelompok", "jenis", "objek", "rincian_objek", "sub_rincian")
_TINGKAT_PROGRAM = {1: "urusan", 2: "bidang_urusan", 3: "program", 5: "kegiatan", 6: "sub_kegiatan"}

_BPS = re.compile(r"\d{7}")
_OLD_ACCOUNT = re.compile(r"\d\.\d\.[1-9](?:\.\d{2}){1,2}")


def _bare(text: str) -> str:
    """The code without spaces, a text apostrophe, and a closing dot."""
    return re.sub(r"[\s\u00a0'’`]+", "", text).strip(".")


def kode_wilayah(text: str, jenis: str = "t") -> str | None:
    """A Kemendagri region code without dots: 2, 4, 6 or 10 digits; None for an empty cell.

    Raises:
        Unreadable: other lengths, a code kept as a decimal number (``63.1`` may be 63.10), a BPS code.

    >>> kode_wilayah("63.06.09.2001")
    '6306092001'
    """
    bare = _bare(text)
    if not bare:
        return None
    if jenis == "n" and "." in bare:
        raise Unreadable(
            f'kode wilayah "{bare[:40]}" tersimpan sebagai angka desimal; nol di belakang mungkin hilang'
        )
    digits = bare.replace(".", "")
    if _BPS.fullmatch(digits):
        raise Unreadable(f'"{bare[:40]}" tampaknya kode BPS (7 angka), bukan kode Kemendagri')
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (2, 4, 6, 10) or digits[0] == "0":
        raise Unreadable(f'"{bare[:40]}" bukan kode wilayah (2, 4, 6 atau 10 angka)')
    if "." in bare and tuple(map(len, bare.split("."))) != _WILAYAH[: bare.count(".") + 1]:
        raise Unreadable(f'"{bare[:40]}" bukan kode wilayah; titiknya tidak pada tempatnya')
    if len(digits) == 10 and digits[6] not in "123":
        raise Unreadable(
            f'"{bare[:40]}" bukan kode desa Kemendagri (angka ke-7 bukan 1, 2 atau 3); mungkin kode BPS'
        )
    return digits


def kode_rekening(text: str, jenis: str = "t") -> str | None:
    """An account code in canonical form (``5.1.02.01.01.0052``); None for an empty cell.

    Segments that lost or gained zeros are brought to their width, and an undotted code of 1, 2, 4, 6,
    8 or 12 digits is cut. Whether a code that lost zeros is the right one is for the caller to check.

    Raises:
        Unreadable: no such code, or one that a spreadsheet kept as a decimal number.

    >>> kode_rekening("5.1.2.1"), kode_rekening("510201010052")
    ('5.1.02.01', '5.1.02.01.01.0052')
    """
    bare = _bare(text)
    if not bare:
        return None
    if jenis == "n" and not re.fullmatch(r"\d+|\d\.\d", bare):
        raise Unreadable(f'kode rekening "{bare[:40]}" tersimpan sebagai angka desimal; nol mungkin hilang')
    segments = _segments(bare, _REKENING, (1, 2, 3, 4, 5, 6))
    if segments is None or segments[0] == "0":
        raise Unreadable(f'"{bare[:40]}" bukan kode rekening')
    return ".".join(segments)


def kode_program(text: str, jenis: str = "t") -> str | None:
    """A programme, kegiatan or sub kegiatan code in canonical form; None for an empty cell.

    The generic ``X.XX.01`` of the supporting programme becomes ``7.01.01``; the two-digit sub kegiatan
    of years to 2023 is padded to four (numbers were re-issued: check the name too).

    Raises:
        Unreadable: no such code, or one that a spreadsheet kept as a decimal number.

    >>> kode_program("7.01.02.2.01.01"), kode_program("X.XX.01.2.01")
    ('7.01.02.2.01.0001', '7.01.01.2.01')
    """
    bare = re.sub(r"(?i)^x\.?xx(?=\.?\d)", lambda m: "7.01" if "." in m[0] else "701", _bare(text))
    if not bare:
        return None
    if jenis == "n" and not bare.isdigit():
        raise Unreadable(f'kode program "{bare[:40]}" tersimpan sebagai angka desimal; nol mungkin hilang')
    if bare.isdigit() and len(bare) == 10:
        bare = f"{bare[:8]}00{bare[8:]}"
    segments = _segments(bare, _PROGRAM, tuple(_TINGKAT_PROGRAM))
    if segments is None or (len(segments) > 3 and segments[3] not in "12"):
        raise Unreadable(f'"{bare[:40]}" bukan kode program, kegiatan atau sub kegiatan')
    return ".".join(segments)


def _segments(bare: str, widths: tuple[int, ...], depths: tuple[int, ...]) -> list[str] | None:
    if not bare.isascii() or not re.fullmatch(r"\d+(?:\.\d+)*", bare):
        return None
    parts = bare.split(".") if "." in bare else _cut(bare, widths)
    if parts is None or len(parts) not in depths:
        return None
    padded = [part.lstrip("0").rjust(width, "0") for part, width in zip(parts, widths, strict=False)]
    return padded if all(len(p) == w for p, w in zip(padded, widths, strict=False)) else None


def _cut(digits: str, widths: tuple[int, ...]) -> list[str] | None:
    parts, at = [], 0
    for width in widths:
        if at == len(digits):
            break
        parts.append(digits[at : at + width])
        at += width
    return parts if at == len(digits) else None


def sistem_lama(text: str) -> bool:
    """Whether an account code is of the system before Permendagri 90/2019 (``5.2.2.01``: one-digit jenis).

    A canonical code has a two-digit jenis; one that merely lost its zeros lost them in the object too.
    """
    return bool(_OLD_ACCOUNT.fullmatch(_bare(text)))


def tingkat_rekening(kode: str) -> str:
    """The level of a canonical account code: akun, kelompok, jenis, objek, rincian_objek, sub_rincian, total.

    Raises:
        ValueError: if the code is not canonical.
    """
    if not kode[:1].isdigit():
        return "total"
    depth = kode.count(".")
    if depth >= len(TINGKAT_REKENING):
        raise ValueError(f"not an account code: {kode!r}")
    return TINGKAT_REKENING[depth]


def tingkat_program(kode: str) -> str:
    """The level of a canonical programme code: program, kegiatan, sub_kegiatan or total.

    Above a programme stand urusan and bidang_urusan.

    Raises:
        ValueError: if the code is not canonical, or a ``nama:`` code, whose level only its table knows.
    """
    if kode == "TOTAL" or kode.startswith("JUMLAH"):
        return "total"
    depth = kode.count(".") + 1
    if not kode[:1].isdigit() or depth not in _TINGKAT_PROGRAM:
        raise ValueError(f"not a programme code: {kode!r}")
    return _TINGKAT_PROGRAM[depth]


def induk_rekening(kode: str) -> str | None:
    """The parent of a canonical account code; None for an akun."""
    return kode.rpartition(".")[0] or None


def induk_program(kode: str) -> str | None:
    """The parent of a canonical programme code; the level digit has no row of its own.

    >>> induk_program("7.01.02.2.01")
    '7.01.02'
    """
    parts = kode.split(".")
    kept = 3 if len(parts) == 5 else len(parts) - 1
    return ".".join(parts[:kept]) or None


_LEADING = re.compile(r"^\s*(?:(?:[\dXx]+\.)+[\dXx]*[.)]?\s+|\d+\)\s*|[-•*]\s+)+")
_PROGRAM_WORD = re.compile(r"^\s*program\b[\s:.-]*(?=\S)", re.IGNORECASE)
# Spellings that official lists and offices use for the same word; on the text without spaces.
_SPELLINGS = (
    ("ketentraman", "ketenteraman"),
    ("fektifitas", "fektivitas"),
    ("aktifitas", "aktivitas"),
    ("prilaku", "perilaku"),
    ("presepsi", "persepsi"),
    ("kwalitas", "kualitas"),
    ("resiko", "risiko"),
    ("penunjangurusanpemerintahdaerah", "penunjangurusanpemerintahandaerah"),
)


def nama_baku(text: str) -> str:
    """A name in the one form used for matching: no leading code or "Program", no case, spaces or marks.

    Without spaces, because PDF text glues words ("diKecamatan") and offices hyphenate at will
    ("ATU-ATU"); with the known double spellings made one. Not for display.

    >>> nama_baku("7.01.04 PROGRAM KOORDINASI KETENTRAMAN DAN KETERTIBAN UMUM")
    'koordinasiketenteramandanketertibanumum'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = _PROGRAM_WORD.sub("", _LEADING.sub("", plain)).replace("&", " dan ")
    glued = re.sub(r"[^a-z0-9]", "", plain.casefold())
    for written, standard in _SPELLINGS:
        glued = glued.replace(written, standard)
    return glued


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, for codes such as ``manual:<slug>``; ``tanpa-nama`` if none.

    >>> slug("Persentase Kegiatan sesuai Tugas & Fungsinya (%)")
    'persentase-kegiatan-sesuai-tugas-dan-fungsinya'
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " dan ")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold())) or "tanpa-nama"
