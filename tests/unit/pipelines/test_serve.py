"""``lumbung serve`` gives the files of its open folders and nothing else, whatever is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pipelines import serve


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("dasbor")
    (tmp_path / "lumbung.duckdb").write_text("gudang")
    (tmp_path / "datapackage.json").write_text("{}")
    with serve.server(tmp_path, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_address[1]
        running.shutdown()


def status(port: int, path: str, host: str = serve.HOST) -> int:
    connection = HTTPConnection(serve.HOST, port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse().status


@pytest.mark.parametrize("path", ["/site/%00", "/site/index.html%00.txt", f"/site/{'a' * 5000}"])
def test_a_name_that_no_file_can_have_is_not_there(port: int, path: str) -> None:
    assert status(port, path) == 404
    assert status(port, "/site/index.html") == status(port, "/datapackage.json") == 200


def test_a_link_leads_to_nothing_outside_its_folder(port: int, tmp_path: Path) -> None:
    (tmp_path / "site" / "gudang.txt").symlink_to(tmp_path / "lumbung.duckdb")
    assert status(port, "/site/gudang.txt") == 404


def test_a_host_is_told_in_any_case(port: int) -> None:
    assert status(port, "/site/index.html", "LocalHost:80") == 200
    assert status(port, "/site/index.html", "contoh.go.id") == 421
