"""The door to vl-convert: a specification becomes SVG or PNG, without a browser and without network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib import metadata
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image

from assets.publish.charts.gambar import HURUF

# Named, so that the same specification is drawn the same by a later vl-convert.
VEGA_LITE = "6.4"
# Same widths as the letters measured with; one of them is on any machine.
_KELUARGA = f"{HURUF}, Arial, Helvetica, Nimbus Sans, sans-serif"
_WARNA = 64
_SEPADAN = 32  # new charts from which more processes gain time


def svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG text; its letters are text, in fonts of the same widths as those it was measured with.

    One takes 70 to 250 ms, nearly all of it measuring letters, and the first of a process 0.8 s more. A
    process draws one at a time, whatever its threads: see ``svgs``.
    """
    return _svg(_written(spec))


def png(spec: Mapping[str, Any], ppi: int = 220) -> bytes:
    """The chart as PNG; 96 units of the specification are an inch of ``ppi`` pixels, which the file tells.

    One report asks three times for each: to measure its pages, for the document and for the workbook.
    """
    return kept_png(_written(spec), ppi)


@lru_cache(maxsize=64)
def kept_png(text: str, ppi: int) -> bytes:
    """The chart of a written specification; kept until 64 others are drawn."""
    drawn: bytes = vl_convert.vegalite_to_png(
        text, vl_version=VEGA_LITE, scale=72 / 96, ppi=ppi, allowed_base_urls=[]
    )
    # Charts hold a handful of colours: a palette makes the file an eighth of what was drawn.
    packed = BytesIO()
    picture = Image.open(BytesIO(drawn)).convert("RGB").quantize(_WARNA, dither=Image.Dither.NONE)
    picture.save(packed, "PNG", optimize=True, dpi=(ppi, ppi))
    return packed.getvalue()


def svgs(specs: Iterable[Mapping[str, Any]], simpan: Path, proses: int = 1) -> list[str]:
    """Many charts as SVG, in their order; what ``simpan`` holds from before is not drawn again.

    Args:
        specs: the specifications.
        simpan: folder of drawn charts by the digest of what they were drawn from; made if missing. Files of
            charts that are no longer asked for are removed.
        proses: processes that draw; each costs a second to begin.
    """
    simpan.mkdir(parents=True, exist_ok=True)
    texts = [_written(spec) for spec in specs]
    files = [simpan / f"{_digest(text)}.svg" for text in texts]
    new = {file: text for file, text in zip(files, texts, strict=True) if not file.is_file()}
    for file, drawn in zip(new, _drawn(list(new.values()), proses), strict=True):
        part = file.with_suffix(".bagian")
        part.write_text(drawn, encoding="utf-8")
        part.replace(file)
    for old in set(simpan.glob("*.svg")) - set(files):
        old.unlink()
    return [file.read_text(encoding="utf-8") for file in files]


def _drawn(texts: list[str], proses: int) -> list[str]:
    if proses < 2 or len(texts) < _SEPADAN:
        return [_svg(text) for text in texts]
    with ProcessPoolExecutor(proses, get_context("spawn")) as pool:
        return list(pool.map(_svg, texts, chunksize=8))


def _svg(text: str) -> str:
    drawn: str = vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn.replace(f'font-family="{HURUF}"', f'font-family="{_KELUARGA}"')


def _digest(text: str) -> str:
    return hashlib.sha256(f"{VEGA_LITE} {metadata.version('vl-convert-python')}\n{text}".encode()).hexdigest()


def _written(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, allow_nan=False)
