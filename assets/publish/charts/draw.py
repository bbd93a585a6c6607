"""The door to vl-convert: a specification becomes SVG or PNG, without a browser and without network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import vl_convert

# Named, so that the same specification is drawn the same by a later vl-convert.
VEGA_LITE = "6.4"


def svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG text; letters are text, in the fonts that ``gambar.HURUF`` names.

    One chart takes 60 to 110 ms after the first (0.8 s), in one thread of the process: more threads do not help.
    """
    drawn: str = vl_convert.vegalite_to_svg(_written(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn


def png(spec: Mapping[str, Any], ppi: int = 220) -> bytes:
    """The chart as PNG at ``ppi`` pixels an inch, its size in inches told in the file."""
    drawn: bytes = vl_convert.vegalite_to_png(
        _written(spec), vl_version=VEGA_LITE, scale=72 / 96, ppi=ppi, allowed_base_urls=[]
    )
    return drawn


def _written(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, allow_nan=False)
