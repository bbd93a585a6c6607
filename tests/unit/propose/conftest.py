"""Files are opened in this process here: the child and its limits have tests of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assets.readers.grid import Book
from assets.readers.opening import open_book


@pytest.fixture(autouse=True, scope="module")
def opened_here() -> Iterator[None]:
    def opened(paths: Iterable[Path]) -> Iterator[tuple[Path, Book]]:
        return ((path, open_book(path)) for path in list(paths))

    with pytest.MonkeyPatch.context() as patched:
        for module in ("accept.receive", "accept.usulan", "readers.standing"):
            patched.setattr(f"assets.{module}.open_guarded", opened)
        patched.setattr("pipelines.propose.open_guarded", opened)
        yield
