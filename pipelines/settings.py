"""Where things are: the program, the user's home, everything below it. The only reader of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
# Descriptions of the open data, which lie in ``warehouse`` itself.
DESCRIPTIONS = ("datapackage.json", "dcat.jsonld", "ckan.json", "metadata-statistik.json")


@dataclass(frozen=True)
class Settings:
    """The folders of one home (contract 1.2, 7.8). ``home`` holds ``raw/`` data and ``warehouse/``."""

    home: Path
    ocr: bool = False  # scanned pages of PDFs are read by tesseract

    @property
    def raw(self) -> Path:
        """Received files, their ledger, inbox and configuration."""
        return self.home / "raw"

    @property
    def inbox(self) -> Path:
        """Where officers drop files."""
        return self.raw / "inbox"

    @property
    def konfigurasi(self) -> Path:
        """Configurations, corrections and waivers of this home."""
        return self.raw / "konfigurasi"

    @property
    def warehouse(self) -> Path:
        """What is published, and the layers it was made from."""
        return self.home / "warehouse"

    @property
    def layers(self) -> Path:
        """Tables between the stages; may be deleted at any time."""
        return self.warehouse / "layers"

    @property
    def riwayat(self) -> Path:
        """Append-only history; never rebuilt, never deleted."""
        return self.warehouse / "riwayat"

    @property
    def salinan(self) -> Path:
        """Officers' own workbooks with cells marked; they hold what was sent, so they lie beside it."""
        return self.raw / "diperiksa" / "files"

    @property
    def laporan(self) -> Path:
        """The reports of the last run."""
        return self.warehouse / "laporan"

    @property
    def site(self) -> Path:
        """The dashboard of the last run."""
        return self.warehouse / "site"

    @property
    def published(self) -> Path:
        """The DuckDB file that people open."""
        return self.warehouse / "lumbung.duckdb"

    @property
    def last_run(self) -> Path:
        """What the last run was made from and what it said."""
        return self.layers / "jalan_terakhir.json"


def settings(home: Path | None = None) -> Settings:
    """The settings for ``home``, else ``LUMBUNG_HOME``, else the checkout; ``LUMBUNG_OCR=ya`` reads scans."""
    chosen = home or Path(os.environ.get("LUMBUNG_HOME") or PROGRAM)
    ocr = os.environ.get("LUMBUNG_OCR", "").casefold() in ("1", "ya", "yes", "true")
    return Settings(chosen.expanduser().resolve(), ocr)


def prepare_environment(found: Settings) -> None:
    """Point Dagster at its folder in this home, and switch the telemetry of all libraries off."""
    os.environ.setdefault("DAGSTER_HOME", str(dagster_home(found)))
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ["LUMBUNG_HOME"] = str(found.home)


def dagster_home(found: Settings) -> Path:
    """``.dagster`` of the home, with the program's settings copied in where it has none."""
    folder = found.home / ".dagster"
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / "dagster.yaml"
    if not own.exists():
        own.write_text(
            "telemetry:\n  enabled: false\nconcurrency:\n  runs:\n    max_concurrent_runs: 1\n", "utf-8"
        )
    return folder


def version() -> str:
    """The program's version."""
    return metadata.version("lumbung")
