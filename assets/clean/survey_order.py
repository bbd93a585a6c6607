"""Which of a sheet's bare U8 and U9 is which unsur: the unit's choice, never a guess (contract 3).

The regulation's list has U8 complaints and U9 facilities, its questionnaire asks them the other way round
(PermenPANRB 14/2017, Lampiran).
"""

from __future__ import annotations

from collections.abc import Iterable

from quality.finding import Finding
from warehouse import contracts
from warehouse.trail import Figure

# Which element the sheet's U8 and its U9 are, by the choice ``u8_u9``.
BY_CHOICE = {"daftar": ("U8", "U9"), "formulir": ("U9", "U8")}
_COLUMNS = ("nrr", "nrr_tercetak", "ikm_unsur", "mutu", "peringkat")


def undecided(
    berkas_id: str, lembar: str, kode_unit: str, periods: Iterable[str], judul: str | None
) -> Finding:
    """The finding that withholds both elements and nothing else: the index does not depend on their order."""
    table, periods = contracts.table("ikm_unsur"), sorted(set(periods))
    keys = [
        table.key_of({"kode_unit": kode_unit, "periode": p, "unsur": u})
        for p in periods
        for u in ("U8", "U9")
    ]
    return Finding(
        aturan="urutan_u8_u9",
        berkas_id=berkas_id,
        lembar=lembar,
        kode_unit=kode_unit,
        periode=periods[0] if len(periods) == 1 else None,
        isi={"judul": judul or ""},
        figures=tuple(Figure("ikm_unsur", key, c) for key in keys for c in _COLUMNS),
    )
