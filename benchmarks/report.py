"""What the reports of many findings cost to write.

The findings are invented: 300 units, 40 files a thousand findings, rules of the book in uneven shares, a
sentence of its own for each. The page is then opened and searched in headless Chromium, as far as there is
one; whether it is usable is judged by ``tests/browser``.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.publish.validation import document, facts, reports
from quality.rule import RuleBook
from warehouse import contracts

MOMENT = dt.datetime(2026, 1, 31, 8, 0)
_BEFORE = dt.datetime(2025, 10, 31, 8, 0)


def tables(count: int, seed: int = 1) -> dict[str, pa.Table]:
    """Published tables with ``count`` invented findings, and what stands around them."""
    chance = random.Random(seed)
    book = list(RuleBook.load())
    shares = [1 / (n + 1) for n in range(len(book))]
    rules = chance.choices(book, shares, k=count)
    units = [f"63{n // 30 + 1:02d}{n % 30 + 1:02d}" for n in range(300)]
    names = [f"Realisasi Anggaran {units[n % 300]} 2025 ({n}).xlsx" for n in range(max(count // 25, 1))]
    files = [f"{n:064x}" for n in range(1, len(names) + 1)]
    rows = [_finding(n, rule, chance, units, files, names) for n, rule in enumerate(rules)]
    run = {
        "jalan_id": "20260131T080000",
        "mulai": MOMENT,
        "selesai": MOMENT,
        "versi_program": "0",
        "hasil": "terbit",
    }
    made = {name: contracts.build(name, []) for name in (*contracts.names("mart"), *facts.SYSTEM)}
    return made | {
        "temuan": contracts.build("temuan", rows),
        "jalan": contracts.build("jalan", [run]),
        "berkas": contracts.build("berkas", list(map(_file, files, names))),
        "neraca_baris": contracts.build("neraca_baris", [_balance(b) for b in files]),
        "riwayat_temuan": contracts.build("riwayat_temuan", list(map(_history, rows))),
        "cakupan_aturan": contracts.build("cakupan_aturan", []),
    }


def _finding(
    n: int, rule: Any, chance: random.Random, units: list[str], files: list[str], names: list[str]
) -> dict[str, Any]:
    at = chance.randrange(len(files))
    printed, right = (
        f"{chance.randrange(10**9):,}".replace(",", "."),
        f"{chance.randrange(10**9):,}".replace(",", "."),
    )
    kode = f"5.1.02.{n % 97:02d}.{n % 89:02d}"
    unit, row = units[at % len(units)], chance.randrange(2, 900)
    return {
        "temuan_id": f"{n:016x}",
        "aturan": rule.id,
        "akibat": rule.akibat,
        "kode_unit": unit,
        "periode": chance.choice(("2024", "2025", "2025-TW1", "2025-TW2", "2025-TW3", "2025-TW4")),
        "berkas": names[at],
        "berkas_id": files[at],
        "lembar": "LRA",
        "sel": f"{chance.choice('CDEFGH')}{row}",
        "sel_terkait": f"C{row + 1}, C{row + 2}",
        "jumlah": 1,
        "tertulis": printed,
        "seharusnya": right,
        "selisih": f"{chance.randrange(10**6)}",
        "pesan": f"Rekening {kode}.{n:06d}: tertulis {printed}, padahal bagian-bagiannya berjumlah {right};"
        f" periksa baris {row} dan baris-baris di bawahnya.",
        "cara_perbaiki": rule.cara,
        "dasar_hukum": rule.dasar_hukum or rule.mengapa,
        "angka_terkait": f"serapan_rekening|kode_unit={unit};periode=2025;kode={kode}",
    }


def _file(berkas_id: str, nama: str) -> dict[str, Any]:
    return {
        "berkas_id": berkas_id, "nama": nama, "sumber": "realisasi", "kode_unit": nama.split()[2],
        "periode": "2025", "ukuran": 12_345, "diterima_pada": MOMENT, "asal": "perintah", "status": "dipakai",
    }  # fmt: skip


def _balance(berkas_id: str) -> dict[str, Any]:
    return {"berkas_id": berkas_id, "lembar": "LRA", "dibaca": 910, "diterima": 880, "ditolak": 0,
            "tata_letak": 30, "tidak_dikenal": 0}  # fmt: skip


def _history(row: dict[str, Any]) -> dict[str, Any]:
    since = _BEFORE if int(row["temuan_id"], 16) % 3 else MOMENT
    kept = {k: row[k] for k in ("temuan_id", "aturan", "kode_unit", "periode", "pesan")}
    return {**kept, "muncul_pada": since, "hilang_pada": None}


def main(quick: bool = False) -> None:
    """Write the reports of 100,000 findings (a tenth when quick); print seconds, sizes, memory."""
    count = 10_000 if quick else 100_000
    made = tables(count)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        told = facts.gather(made, RuleBook.load(), facts.Settlements(), {})
        marks: list[tuple[str, float, int | None]] = [("facts", time.process_time(), None)]
        for name, write in (
            (reports.PAGES["id"], partial(reports.as_page, told, lang="id")),
            (reports.WORKBOOK, partial(reports.as_workbook, told)),
            (reports.DOCUMENT, partial(document.write, told)),
        ):
            to = Path(folder) / name
            write(to=to)
            marks.append((name, time.process_time(), to.stat().st_size))
        print(f"reports of {count:,} findings")
        for name, ended, size in marks:
            said = f"{size / 1e6:8.1f} MB" if size else ""
            print(f"    {name:<24} {ended - begun:6.2f} s cpu {said}")
            begun = ended
        print(f"    peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        for line in _read(Path(folder) / reports.PAGES["id"], count):
            print(f"    {line}")


def _read(page: Path, count: int) -> Iterator[str]:
    """What it takes to open the page, to filter it, and to find one finding of all."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield "not opened: playwright is not installed (uv sync --group browser)"
        return
    if chromium is None:
        yield "not opened: no Chromium here"
        return
    with sync_playwright() as playing:
        browser = playing.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--enable-precise-memory-info"]
        )
        tab = browser.new_context(offline=True).new_page()
        clock = time.perf_counter()
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-siap]", state="attached")
        yield f"opens in Chromium        {time.perf_counter() - clock:6.2f} s: {tab.inner_text('#hitungan')}"
        clock = time.perf_counter()
        tab.select_option("select[name=akibat]", "tahan")
        said = _changed(tab, count)
        yield f"{'filtered to withheld':<24} {time.perf_counter() - clock:6.2f} s: {said}"
        tab.click("#hapus")
        clock = time.perf_counter()
        tab.fill("input[name=cari]", f"{count // 2:06d}: tertulis")
        said = _changed(tab, count)
        yield f"{'one finding by search':<24} {time.perf_counter() - clock:6.2f} s: {said}"
        heap = tab.evaluate("performance.memory.usedJSHeapSize") / 1e6
        yield f"memory of its script     {heap:6.0f} MB"
        browser.close()


def _changed(tab: Any, count: int) -> str:
    """What the page counts, once that is no longer everything."""
    tab.wait_for_function(
        "all => !document.querySelector('#hitungan').innerText.startsWith(all)",
        arg=f"{count:,} dari".replace(",", "."),
    )
    return str(tab.inner_text("#hitungan"))
