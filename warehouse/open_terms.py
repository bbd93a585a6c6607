"""Under which terms a home gives its figures away: ``raw/konfigurasi/data_terbuka.yaml``.

Data of the government are to be shared (Perpres 39/2019; UU 14/2008), but no law names a licence: it is the
office's choice. Without the file it is CC-BY-4.0, use freely and name the source. The same file holds who
publishes, where the files will lie, and codes of BPS by those of Kemendagri where the walidata knows them;
none is ever derived::

    data_terbuka:
      lisensi: CC-BY-4.0
      penerbit: Dinas Komunikasi dan Informatika Kabupaten Contoh
      alamat: https://data.contoh.go.id/lumbung/
      kontak: data@contoh.go.id
      kode_bps: {"999999": "9999999"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KEY = "data_terbuka"
FILE = f"{KEY}.yaml"
_KNOWN = frozenset({"lisensi", "penerbit", "alamat", "kontak", "kode_bps"})
# Digits of a BPS code (MFD) by digits of the Kemendagri code; both villages' codes have ten.
_BPS_DIGITS = {2: 2, 4: 4, 6: 7, 10: 10}


class TermsInvalid(ValueError):
    """The file cannot be used; an Indonesian sentence for the officer says why."""


@dataclass(frozen=True)
class Licence:
    """An open licence under the names that each catalogue knows it by."""

    spdx: str
    judul: str
    alamat: str
    ckan: str


LICENCES: Mapping[str, Licence] = {
    found.spdx: found
    for found in (
        Licence(
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "cc-by",
        ),
        Licence(
            "CC0-1.0", "CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/", "cc-zero"
        ),
        Licence(
            "ODC-By-1.0",
            "Open Data Commons Attribution License 1.0",
            "https://opendatacommons.org/licenses/by/1-0/",
            "odc-by",
        ),
        Licence(
            "ODbL-1.0",
            "Open Data Commons Open Database License 1.0",
            "https://opendatacommons.org/licenses/odbl/1-0/",
            "odc-odbl",
        ),
    )
}
DEFAULT = "CC-BY-4.0"


@dataclass(frozen=True)
class Terms:
    """Licence, publisher, address (ends with a slash), contact, and BPS codes by Kemendagri codes."""

    lisensi: Licence = LICENCES[DEFAULT]
    penerbit: str | None = None
    alamat: str | None = None
    kontak: str | None = None
    kode_bps: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> Terms:
    """The terms of a home; the defaults where the file is not there.

    Raises:
        TermsInvalid: it is no YAML or holds what cannot be used.
    """
    if not path.exists():
        return Terms()
    try:
        return parse(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise TermsInvalid(" ".join(str(fault).split())) from fault


def parse(said: Any) -> Terms:
    """The terms in a parsed file.

    Raises:
        TermsInvalid: an unknown key, licence, or a code of another length.
    """
    if not isinstance(said, Mapping) or set(said) != {KEY} or not isinstance(said[KEY], Mapping):
        raise TermsInvalid(f"seharusnya satu kunci {KEY}: dengan isian di bawahnya")
    facts = said[KEY]
    if unknown := sorted(map(str, facts.keys() - _KNOWN)):
        raise TermsInvalid(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(sorted(_KNOWN))}")
    lisensi = facts.get("lisensi", DEFAULT)
    if lisensi not in LICENCES:
        raise TermsInvalid(f"lisensi {lisensi!r}; yang ada: {', '.join(LICENCES)}")
    return Terms(
        LICENCES[lisensi], _line(facts, "penerbit"), _address(facts), _line(facts, "kontak"), _codes(facts)
    )


def _line(facts: Mapping[str, Any], key: str) -> str | None:
    value = facts.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip() or "\n" in value):
        raise TermsInvalid(f"{key}: tertulis {value!r}; seharusnya satu baris teks")
    return value.strip() if value else None


def _address(facts: Mapping[str, Any]) -> str | None:
    value = _line(facts, "alamat")
    if value and not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise TermsInvalid(f"alamat: tertulis {value!r}; seharusnya http:// atau https://")
    return value.rstrip("/") + "/" if value else None


def _codes(facts: Mapping[str, Any]) -> Mapping[str, str]:
    codes = facts.get("kode_bps") or {}
    if not isinstance(codes, Mapping):
        raise TermsInvalid("kode_bps: seharusnya pasangan kode Kemendagri: kode BPS")
    for kemendagri, bps in codes.items():
        digits = _BPS_DIGITS.get(len(str(kemendagri)))
        fits = all(isinstance(c, str) and c.isascii() and c.isdigit() for c in (kemendagri, bps))
        if not fits or len(bps) != digits:
            raise TermsInvalid(
                f"kode_bps: tertulis {kemendagri}: {bps}; seharusnya teks angka (pakai tanda kutip), "
                "kecamatan 6 angka Kemendagri dan 7 angka BPS, desa 10 dan 10"
            )
    return dict(codes)
