"""Pages from templates: every text escaped, every figure a way back to where it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from assets.publish.shown import with_names
from assets.publish.site import comparison, origins
from assets.publish.site.material import Bahan, Row
from assets.publish.site.wording import kata
from assets.publish.validation import words
from assets.publish.way_back import assets
from warehouse import contracts, peka
from warehouse.values.numbers import tampil, tampil_rupiah

_HERE = Path(__file__).parent
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_SHORT = 4  # letters of a name that stays in capitals: IDM, SKM
# The sign that stands beside the colour of a figure that is not out, or old.
_SIGNS = {"ditahan": "✗", "basi": "▲"}


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates of this process: both languages use them, and compiling is most of the work."""

    _held: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key] = bucket.bytecode_to_string()


class Pencetak:
    """Prints pages in one language.

    Args:
        bahan: the material, for names.
        lang: ``id`` or ``en``.
    """

    def __init__(self, bahan: Bahan, lang: str) -> None:
        self.bahan, self.lang, self.kata = bahan, lang, kata(lang)
        self._files = {r["berkas_id"]: r["nama"] for r in bahan.told.berkas}
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_Compiled(),
        )
        self._env.globals |= {
            "bahan": bahan, "kata": self.kata, "lang": lang, "angka": self.angka, "pos": self.pos,
            "lampu": words.LIGHT_SIGNS, "tanda": words.SIGNS, "arti": words.meanings(lang),
            "jalan": bahan.told.jalan, "sel_isi": self.sel, "berkas_asal": origins.nama,
            "nama_lingkup": lambda scope: comparison.nama_lingkup(bahan, scope, self.kata),
        }  # fmt: skip
        self._env.filters |= {
            "angka": tampil, "rupiah": tampil_rupiah, "tanggal": self.tanggal, "rapi": rapi,
            "alasan": self.alasan, "url": quote, "periode": self.periode, "nama_desa": nama_desa,
            "urut": urut, "ribuan": ribuan, "metode": metode, "peka": peka.clauses,
        }  # fmt: skip

    def page(self, template: str, name: str, **facts: Any) -> tuple[str, str]:
        """One page: where it lies in the folder of its language, and its text.

        Args:
            template: its file below ``templates``.
            name: where it lies.
            facts: what stands on it.
        """
        root = "../" * name.count("/")
        # Pages of the other language lie below ``en/``: what both share is one folder up from there.
        shared = root if self.lang == "id" else root + "../"
        made = self._env.get_template(template)
        return name, made.render(halaman=name, akar=root, bersama=shared, **facts)

    def angka(self, table: str, row: Row, column: str, satuan: str = "nilai", desimal: int = 2) -> Markup:
        """A figure as a button that opens its way back, with what must stand beside it.

        Args:
            table: the table of the row.
            row: the row the figure stands in.
            column: its column.
            satuan: ``nilai``, ``persen``, ``rupiah``, ``bilangan``.
            desimal: decimals shown.
        """
        value, state = row[column], row.get("status_terbit", "terbit")
        if value is None and state == "terbit":
            return self._dash(self.alasan(row.get("alasan")))
        shown = self._shown(value, satuan, desimal) if value is not None else ""
        if state in _SIGNS:
            shown = f"{shown} {_SIGNS[state]} {self.kata[state].lower()}".strip()
        made = Markup(assets.button(table, contracts.table(table).key_of(row), column, shown))
        return Markup('<span class="{}">{}</span>').format(state, made) if state in _SIGNS else made

    def pos(self, where: Any, satuan: str = "nilai", desimal: int = 2) -> Markup:
        """The figure at an ``overview.Pos``; a dash where there is none."""
        if where is None:
            return self._dash("")
        return self.angka(where.tabel, where.baris, where.kolom, satuan, desimal)

    def _dash(self, why: str) -> Markup:
        said = f"{self.kata['kosong']}: {why}" if why else self.kata["kosong"]
        return Markup('<span class="kosong" title="{0}">–<span class="sr"> {0}</span></span>').format(said)

    def _shown(self, value: Any, satuan: str, desimal: int) -> str:
        if not isinstance(value, Decimal):
            return tampil(Decimal(value), 0) if isinstance(value, int) else str(value)
        if satuan == "rupiah":
            return tampil_rupiah(value)
        return tampil(value, 0 if satuan == "bilangan" else desimal) + (" %" if satuan == "persen" else "")

    def alasan(self, said: str | None) -> str:
        """A reason with the names of files in it."""
        return with_names(said or "", self._files)

    def tanggal(self, moment: dt.date | None) -> str:
        """``22 November 2026``."""
        if moment is None:
            return ""
        return f"{moment.day} {_MONTHS[self.lang].split()[moment.month - 1]} {moment.year}"

    def periode(self, period: str | None) -> str:
        """``2025-TW1`` as a reader says it: ``Triwulan I 2025``."""
        year, _, part = (period or "").partition("-")
        if not part:
            return year
        number = ("", "I", "II", "III", "IV")[int(part[-1])]
        return f"{self.kata['triwulan' if part[0] == 'T' else 'semester']} {number} {year}"

    def sel(self, row: Row) -> str:
        """Where a finding stands: file, sheet, cell."""
        return " · ".join(str(row[c]) for c in ("berkas", "lembar", "sel") if row[c] and row[c] != "-")


def rapi(text: str | None) -> str:
    """A text in capitals as a name: ``BUMI JAYA`` is ``Bumi Jaya``."""
    said = text or ""
    return said.title() if said.isupper() else said


def nama_desa(row: Mapping[str, Any]) -> str:
    """The name of a village."""
    return rapi(row["desa"])


def urut(value: Any) -> str:
    """What a cell is sorted by: the exact number, '' where there is none."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def ribuan(count: int) -> str:
    """A count with its thousands parted: ``1.234``."""
    return tampil(Decimal(count), 0)


def metode(measure: str | None) -> str:
    """The name of a measure of villages, or of how an index was made: ``INDEKS_DESA`` is ``Indeks Desa``."""
    said = (measure or "").replace("_", " ")
    return said.title() if len(said) > _SHORT and said.isupper() else said
