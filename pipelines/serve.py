"""What ``lumbung serve`` shows on this machine: the dashboard of the last run, and the Dagster screen."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipelines.settings import DESCRIPTIONS, PROGRAM, Settings

HOST = "127.0.0.1"
# Of ``warehouse`` only this is shown; the rest (layers, history, the file under construction) is nobody's.
_FOLDERS = ("site", "terbit", "laporan")
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TYPES = {".js": "text/javascript", ".jsonld": "application/ld+json", ".csv": "text/csv; charset=utf-8"}
_HTML = "text/html; charset=utf-8"
# Between the two renames of a swap there is no site for a moment.
_PATIENCE = 0.5
_FAREWELL = 15  # seconds that Dagster may take to end its own processes
_NOTHING = "Belum ada terbitan. Jalankan lumbung run, lalu muat ulang. Nothing is published yet: lumbung run."


class PortTaken(OSError):
    """Another program listens there; the message is the port."""


class Handler(SimpleHTTPRequestHandler):
    """Files of one warehouse as they lie there at each request: a new publish is seen at once."""

    server_version, sys_version = "lumbung", ""
    extensions_map: Mapping[str, str] = {  # type: ignore[assignment]
        **SimpleHTTPRequestHandler.extensions_map, **_TYPES, ".html": _HTML
    }  # fmt: skip

    def __init__(self, *args: Any, warehouse: Path, **kwargs: Any) -> None:
        self._warehouse = warehouse
        super().__init__(*args, directory=str(warehouse), **kwargs)

    def send_head(self) -> Any:
        """The file asked for; anything but a file of the open folders is not there."""
        if self.headers.get("Host", "").partition(":")[0].casefold() not in (HOST, "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)  # another name that leads here: not for us
            return None
        asked = unquote(urlsplit(self.path).path)
        if asked in ("/", "/site"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", "/site/index.html")
            self.end_headers()
            return None
        if asked.endswith("/") and asked.startswith("/site/"):
            self.path = asked = f"{asked}index.html"
        if not self._shown(asked):
            nothing = not (self._warehouse / "site" / "index.html").exists()
            self.send_error(HTTPStatus.NOT_FOUND, explain=_NOTHING if nothing else None)
            return None
        return super().send_head()

    def _shown(self, asked: str) -> bool:
        parts = asked.strip("/").split("/")
        open_ = parts[0] in _FOLDERS or (len(parts) == 1 and parts[0] in DESCRIPTIONS)
        if not open_ or any(part.startswith(".") for part in parts):
            return False
        path = Path(self.translate_path(self.path))
        until = time.monotonic() + _PATIENCE
        while not (self._warehouse / parts[0]).exists() and time.monotonic() < until:
            time.sleep(0.01)
        whole = self._warehouse / parts[0]
        try:  # a link may lead nowhere else, not even to what lies beside the folder
            return path.resolve().is_relative_to(whole.resolve()) and path.is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def end_headers(self) -> None:
        """Every answer carries the same guards."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is the library's)
        """A page asks for a dozen files; nobody reads that."""


def server(warehouse: Path, port: int) -> ThreadingHTTPServer:
    """The server of a warehouse's site, bound to this machine only; port 0 takes a free one.

    Raises:
        PortTaken: the port cannot be had.
    """

    def handler(*args: Any, **kwargs: Any) -> Handler:
        return Handler(*args, warehouse=warehouse, **kwargs)

    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as fault:
        raise PortTaken(port) from fault


def serve(found: Settings, port: int, port_site: int) -> int:
    """Show the site and run Dagster's web server and daemon until interrupted; returns the exit code."""
    command = [sys.executable, "-m", "dagster", "dev", "-h", HOST, "-p", str(port), "-w", "workspace.yaml"]
    with server(found.warehouse, port_site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        # Started in the background of a shell we would hand on that interrupts are not heard.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        dagster = subprocess.Popen(command, cwd=PROGRAM)
        # A service manager ends only this process: Dagster has to hear it, too, to end what it started.
        signal.signal(signal.SIGTERM, lambda *_: dagster.send_signal(signal.SIGINT))
        try:
            return dagster.wait()
        except KeyboardInterrupt:
            _end(dagster)
            return 0
        finally:
            dagster.kill()
            site.shutdown()


def _end(dagster: subprocess.Popen[bytes]) -> None:
    """Wait for it; an interrupt typed at a terminal reached it as well, one sent to us alone did not."""
    for told in (False, True):
        if told:
            dagster.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            dagster.wait(_FAREWELL)
            return
