"""Charts of a report: which rows, drawn by a function of ``assets.publish.charts``.

``grafik: status_desa`` calls ``charts.status_desa(rows)``, which gives a Vega-Lite specification and its
alternative text; ``dengan: {nama: "{indikator}"}`` are its other arguments, words only. A chart without rows
is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assets.publish import charts
from assets.publish.bab_iii.blocks import Grafik
from assets.publish.bab_iii.sentences import Around, plain
from assets.publish.bab_iii.shelf import DefinitionBroken

_KNOWN = frozenset("grafik judul sql sumber dengan".split())


def chart(said: Mapping[str, Any], around: Around, where: str) -> Grafik | None:
    """The chart of one part of an arrangement; None without rows.

    Raises:
        DefinitionBroken: if no function draws it.
    """
    key = str(said["grafik"])
    rows = around.published.rows(said["sql"], around.facts, f"{where}, grafik {key}")
    draw = getattr(charts, key, None)
    if strange := set(said) - _KNOWN:
        raise DefinitionBroken(f"{where}: grafik {key}: kata {sorted(strange)} tidak dikenal")
    if draw is None:
        raise DefinitionBroken(f"{where}: tidak ada yang menggambar grafik {key}")
    if not rows:
        return None
    words = {name: plain(text, {}, around, where) for name, text in said.get("dengan", {}).items()}
    drawn = draw(rows, **words)
    return Grafik(
        f"{key}{around.akhiran}",
        "",
        plain(said["judul"], {}, around, where),
        drawn.spesifikasi,
        drawn.teks_alternatif,
        plain(said.get("sumber", ""), {}, around, where),
    )
