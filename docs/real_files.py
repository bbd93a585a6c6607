"""``make realdata``: what became of every file of a folder of real files, counts only.

Takes the whole folder in an empty home as an office would, cleans it, and writes
``docs/reference/berkas-nyata.md``: what each file was recognised as, where its rows ended, how long the door
took. The files themselves are not part of the project, so no test regenerates this page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assets.accept.receive import receive
from assets.accept.telling import Received
from assets.clean.registry import CLEANERS
from assets.extract import assemble, unhandled
from assets.publish.balance import neraca
from assets.readers import reading, vocabulary
from assets.readers.guarded import open_guarded
from pipelines import knowledge
from pipelines.settings import settings
from pipelines.stages import clean

TARGET = Path(__file__).parent / "reference" / "berkas-nyata.md"
_ROWS = ("dibaca", "diterima", "ditolak", "tata_letak", "tidak_dikenal")
_RULE = "aturan "
_HEAD = (
    "| berkas | keadaan | dikenali sebagai | periode | dibaca | diterima | ditolak | tata letak "
    "| tidak dikenal | detik | sebab |"
)


def page(folder: Path) -> str:
    """The page for one folder of files (walked); takes a minute or two."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    seconds = _seconds(paths)
    with tempfile.TemporaryDirectory() as temporary:
        home = settings(Path(temporary))
        known = knowledge.load(home)
        received = receive(paths, home.home, known.context.regions)
        balance = _balance(home.home, known)
    lines = [_line(p, folder, r, balance, seconds) for p, r in zip(paths, received, strict=True)]
    return (
        "\n".join([*_opening(received, balance, sum(seconds.values())), _HEAD, "|---" * 11 + "|", *lines])
        + "\n"
    )


def _seconds(paths: Sequence[Path]) -> dict[Path, float]:
    """Wall seconds from the file to its recognised tables, all files in one guarded child."""
    words, taken, last = vocabulary.load(None), {}, time.perf_counter()
    for path, book in open_guarded(paths):
        reading.read(book, "0" * 64, words)
        taken[path], last = time.perf_counter() - last, time.perf_counter()
    return taken


def _balance(home: Path, known: Any) -> dict[str, Counter[str]]:
    """Where the rows of each file ended, by its hash; the balance itself is asserted on the way."""
    found = assemble.assemble(home, known.context.regions)
    asked = {n for c in CLEANERS.values() for n in c.inputs}
    unasked = {n: t for n, t in found.tables.items() if n not in asked and t.num_rows}
    counts, _ = unhandled.as_unknown(found.hitungan_lembar, unasked)
    accepted, rejected, layout = {}, [], []
    for name, cleaner in CLEANERS.items():
        sifted = clean(cleaner, {n: found.tables[n] for n in cleaner.inputs}, known)
        accepted[name] = sifted.table
        rejected += sifted.notes.rejected
        layout += sifted.notes.layout
    by_file: dict[str, Counter[str]] = defaultdict(Counter)
    for address in {
        (r["berkas_id"], r["lembar"], r["baris"], r["aturan"]) for r in rejected if r["kolom"] == "*"
    }:
        by_file[address[0]][f"aturan {address[3]}"] += 1
    for row in neraca(counts, accepted, rejected, layout):
        by_file[row["berkas_id"]].update({c: row[c] for c in _ROWS})
    return by_file


def _opening(received: Iterable[Received], balance: dict[str, Counter[str]], seconds: float) -> list[str]:
    states = Counter(r.status for r in received)
    total = sum((c for c in balance.values()), Counter[str]())
    return [
        "# Berkas nyata\n",
        "Ditulis oleh `make realdata` atas map berkas nyata yang tidak ikut dalam proyek; hanya hitungan.",
        "Berkas yang tidak dikenal disimpan dan diberitahukan dengan tata letak terdekat; barisnya tidak",
        "dihitung di sini karena tidak ada tabel yang diambil darinya. Baris yang ditolak karena",
        "`bukan_kecamatan` terbaca benar, tetapi milik perangkat daerah lain dan tidak terbit.\n",
        "Keadaan: " + ", ".join(f"{n} {k}" for k, n in sorted(states.items())) + ".",
        f"Baris: dibaca {total['dibaca']} = diterima {total['diterima']} + ditolak {total['ditolak']} + "
        f"tata letak {total['tata_letak']} + tidak dikenal {total['tidak_dikenal']}.",
        f"Waktu membuka dan mengenali semuanya: {seconds:.0f} detik pada satu mesin yang dipakai bersama.\n",
    ]


def _line(
    path: Path, folder: Path, one: Received, balance: dict[str, Counter[str]], seconds: dict[Path, float]
) -> str:
    forms = Counter(str(t["tabel"]) for t in one.tabel)
    taken_as = ", ".join(f"{k} x {n}" if n > 1 else k for k, n in sorted(forms.items()))
    reason = "" if forms else ", ".join(sorted({f.aturan for f in one.findings}))
    periods = ", ".join(sorted({str(t["periode"] or "?") for t in one.tabel}))
    counts = balance.get(one.berkas_id or "")
    rows = " | ".join(f"{counts[c]}" if counts else "" for c in _ROWS)
    reason = reason or ", ".join(
        sorted(k.removeprefix("aturan ") for k in counts or () if k.startswith("aturan "))
    )
    said = (path.relative_to(folder), one.status, taken_as, periods, rows, f"{seconds[path]:.2f}", reason)
    return "| " + " | ".join(str(s) for s in said) + " |"


def main() -> None:
    """Write the page for the folder named on the command line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m docs.real_files FOLDER   (make realdata LUMBUNG_REALDATA=FOLDER)")
    TARGET.write_text(page(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
