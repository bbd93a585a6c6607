"""Files are opened in this process here: the child and its limits have tests of their own."""

import pytest

from assets.readers.opening import open_book


@pytest.fixture(autouse=True)
def opened_here(monkeypatch):
    def opened(paths):
        return ((path, open_book(path)) for path in list(paths))

    for module in ("assets.accept.receive", "assets.readers.standing"):
        monkeypatch.setattr(f"{module}.open_guarded", opened)
