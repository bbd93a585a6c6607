"""Writes the raw files of the examples from the facts: ``python -m examples.make [--to DIR]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from examples import bersama, kalumpang, pelaihari


def tulis_semua(tujuan: Path) -> list[Path]:
    """Every example file under ``tujuan``, the same bytes on every run; their paths in order."""
    for bagian in (bersama, pelaihari, kalumpang):
        bagian.tulis(tujuan)
    return sorted(p for p in tujuan.rglob("*") if p.suffix in {".xlsx", ".csv"} and p.parent.name != "fakta")


def main() -> None:
    """Write the files and say which."""
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("--to", type=Path, default=Path(__file__).parent, help="folder to write into")
    tujuan = pilihan.parse_args().to
    for berkas in tulis_semua(tujuan):
        print(f"{berkas.stat().st_size:>9,}  {berkas.relative_to(tujuan)}")


if __name__ == "__main__":
    main()
