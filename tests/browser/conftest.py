"""A real browser for pages: the machine's own Chromium, without a network; tests skip where there is none."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

Opener = Callable[..., Any]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser named by LUMBUNG_CHROMIUM, else the one on the path."""
    found = os.environ.get("LUMBUNG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here: install one, or name it in LUMBUNG_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all tests of this process."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: uv sync --group browser"
    )
    with driver.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Opener]:
    """Opens a file in a fresh window; ``page.wrong`` gathers requests beyond the file, and errors."""
    contexts = []

    def opened(path: Path, at: str = "", **how: Any) -> Any:
        context = browser.new_context(offline=True, **({"viewport": {"width": 1200, "height": 900}} | how))
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda fault: page.wrong.append(str(fault)))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda r: page.wrong.append(r.url) if not r.url.startswith(path.as_uri()) else None
        )
        page.goto(path.as_uri() + at)
        if how.get("java_script_enabled", True):
            page.wait_for_selector("html[data-siap]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


def picture(name: str, taken: bytes) -> None:
    """A picture of the documentation: small, and written anew where ``LUMBUNG_GAMBAR`` names a folder."""
    drawn = Image.open(io.BytesIO(taken)).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    made = io.BytesIO()
    drawn.save(made, "PNG", optimize=True)
    assert 5_000 < len(made.getvalue()) < 150_000
    if folder := os.environ.get("LUMBUNG_GAMBAR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.png").write_bytes(made.getvalue())
