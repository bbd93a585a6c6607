"""Charts of a report: which rows, drawn by a function of ``assets.publish.charts``.

``grafik: status_desa`` calls ``charts.status_desa(rows)``, which gives a Vega-Lite specification and its
alternative text. A chart without rows is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from assets.publish.bab_iii.blocks import Grafik
from assets.publish.bab_iii.sentences import Around, plain
from assets.publish.bab_iii.shelf import DefinitionBroken

Draw = Callable[[Sequence[Mapping[str, Any]]], tuple[Mapping[str, Any], str]]
_MODULE = "assets.publish.charts"


def chart(said: Mapping[str, Any], around: Around, where: str) -> Grafik | None:
    """The chart of one part of an arrangement; None without rows.

    Raises:
        DefinitionBroken: if no function draws it.
    """
    key = str(said["grafik"])
    rows = around.published.rows(said["sql"], around.facts, f"{where}, grafik {key}")
    if not rows or find_spec(_MODULE) is None:
        return None
    draw: Draw | None = getattr(import_module(_MODULE), key, None)
    if draw is None:
        raise DefinitionBroken(f"{where}: tidak ada yang menggambar grafik {key}")
    spec, words = draw(rows)
    return Grafik(
        f"{key}{around.akhiran}",
        "",
        plain(said["judul"], {}, around, where),
        spec,
        words,
        plain(said.get("sumber", ""), {}, around, where),
    )
