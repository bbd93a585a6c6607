"""``make mutation``: one error planted in each of hundreds of consistent kecamatan, and what the rules find.

Every kecamatan of a round has clean tables of its own (``clean_tables``); most carry one planted error, some
none. All are judged together, as in a run of a whole province: row rules, rules over tables and the
findings of the marts. Whether an error in amounts can be proven at all is decided by the arithmetic of
``contradiction``, not by the rules. Writes ``docs/reference/mutasi.md``.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks import clean_tables
from benchmarks.clean_tables import Row, Rows
from benchmarks.contradiction import contradicted
from pipelines import knowledge
from pipelines.knowledge import Knowledge
from pipelines.settings import settings
from pipelines.stages import Noted, Notes, compute_all
from quality.across import judge_across
from quality.finding import Finding
from quality.judge import judge
from warehouse.trail import Cell

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference" / "mutasi.md"
CLEAN = 20  # kecamatan without an error, in which nothing may be found
_PROVINCES = ("63", "62", "61", "64", "35", "33", "32", "73", "12", "11")
_VILLAGES = range(8, 26)
_AMOUNTS = {
    "clean_realisasi_rekening": ("pagu", "realisasi", "realisasi_tahun_lalu"),
    "clean_realisasi_program": ("pagu", "realisasi"),
    "clean_dpa": ("pagu",),
    "clean_pk_anggaran": ("pagu",),
    "clean_hibah": ("pagu", "realisasi"),
}
Place = tuple[str, int]


@dataclass
class Planted:
    """One kecamatan: its rows, the kind of its error (None: clean), where it stands, if it is provable."""

    unit: str
    rows: Rows
    kind: str | None = None
    places: set[Place] = field(default_factory=set)
    provable: bool = True
    found: list[Finding] = field(default_factory=list)

    def touches(self, finding: Finding) -> bool:
        """Whether the finding names a planted cell, among others that a sum or an equality ties to it."""
        named = [c for c in (finding.cell, *finding.related, *finding.suspects) if c is not None]
        return any(_within(cell, f"{self.unit} {table}", row) for cell in named for table, row in self.places)


def _within(cell: Cell, file: str, row: int) -> bool:
    return cell.berkas_id == file and cell.baris <= row <= (cell.sampai_baris or cell.baris)


Error = Callable[[Rows, random.Random], set[Place]]


def _amount(rows: Rows, rng: random.Random) -> tuple[str, str, Row]:
    table = rng.choice(list(_AMOUNTS))
    column = rng.choice(_AMOUNTS[table])
    return table, column, rng.choice([r for r in rows[table] if r[column] > 99])


def _on_amount(change: Callable[[Decimal, random.Random], Decimal]) -> Error:
    def planted(rows: Rows, rng: random.Random) -> set[Place]:
        table, column, row = _amount(rows, rng)
        while (new := change(row[column], rng)) == row[column]:
            table, column, row = _amount(rows, rng)
        row[column] = new
        return {(table, row["baris"])}

    return planted


def _digit(value: Decimal, rng: random.Random) -> Decimal:
    said = list(str(int(value)))
    at = rng.randrange(len(said))
    said[at] = rng.choice([d for d in "123456789" if d != said[at]])
    return Decimal("".join(said))


def _swapped(value: Decimal, rng: random.Random) -> Decimal:
    said = list(str(int(value)))
    at = rng.randrange(len(said) - 1)
    said[at], said[at + 1] = said[at + 1], said[at]
    return Decimal("".join(said))


def _scaled(value: Decimal, rng: random.Random) -> Decimal:
    return value * rng.choice((10, 1000))


def _negated(value: Decimal, rng: random.Random) -> Decimal:
    return -value


def _dropped(rows: Rows, rng: random.Random) -> set[Place]:
    table = rng.choice(list(_AMOUNTS))
    row = rng.choice(rows[table])
    rows[table].remove(row)
    # The rows that said the same or held its sum remain: any of that file or its twins may be named.
    return {(t, r["baris"]) for t in _AMOUNTS for r in rows[t]}


def _moved(rows: Rows, rng: random.Random) -> set[Place]:
    table = rng.choice(list(_AMOUNTS))
    column = rng.choice(_AMOUNTS[table])
    pairs = [
        (a, b)
        for a, b in zip(rows[table], rows[table][1:], strict=False)
        if a[column] != b[column]
        and a.get("tahap") == b.get("tahap")
        and a.get("dokumen") == b.get("dokumen")
    ]
    one, other = rng.choice(pairs)
    one[column], other[column] = other[column], one[column]
    return {(table, one["baris"]), (table, other["baris"])}


def _percent(rows: Rows, rng: random.Random) -> set[Place]:
    table = rng.choice(("clean_realisasi_rekening", "clean_realisasi_program"))
    row = rng.choice(rows[table])
    row["persen_tercetak"] += rng.choice((-1, 1)) * Decimal(rng.randrange(2, 3000)).scaleb(-2)
    return {(table, row["baris"])}


def _status(rows: Rows, rng: random.Random) -> set[Place]:
    row = rng.choice(rows["clean_indeks_desa"])
    row["status"] = rng.choice([s for s in ("MANDIRI", "MAJU", "BERKEMBANG") if s != row["status"]])
    return {("clean_indeks_desa", row["baris"])}


def _score(rows: Rows, rng: random.Random) -> set[Place]:
    row = rng.choice(rows["clean_indeks_desa"])
    row["skor"] += rng.choice((-1, 1)) * Decimal(rng.randrange(10, 400)).scaleb(-2)
    return {("clean_indeks_desa", row["baris"])}


def _missing(rows: Rows, rng: random.Random) -> set[Place]:
    rows["clean_indeks_desa"].remove(rng.choice(rows["clean_indeks_desa"]))
    return {("clean_indeks_desa", r["baris"]) for r in rows["clean_indeks_desa"]}


def _answer(rows: Rows, rng: random.Random) -> set[Place]:
    row = rng.choice(rows["clean_skm_jawaban"])
    # Larger ones, as 44 for 4, do not get past cleaning, and the marts refuse their sum.
    row[f"u{rng.randrange(1, 10)}"] = rng.choice((0, 5, 6, 9))
    return {("clean_skm_jawaban", row["baris"])}


def _date(rows: Rows, rng: random.Random) -> set[Place]:
    row = rng.choice(rows["clean_skm_jawaban"])
    row["tanggal"] += dt.timedelta(days=rng.choice((-365, -100, 100, 365)))
    return {("clean_skm_jawaban", row["baris"])}


def _copied(rows: Rows, rng: random.Random) -> set[Place]:
    # Twelve sheets of one quarter, copied below it.
    answers = rows["clean_skm_jawaban"]
    last = max(r["baris"] for r in answers)
    start = rng.randrange(0, 36)
    copies = [r | {"baris": last + 1 + n} for n, r in enumerate(answers[start : start + 12])]
    answers += copies
    return {("clean_skm_jawaban", r["baris"]) for r in [*copies, *answers[start : start + 12]]}


def _mean(rows: Rows, rng: random.Random) -> set[Place]:
    row = rng.choice([r for r in rows["clean_skm_ringkasan"] if r["ukuran"] == "IKM"])
    row["nilai"] += rng.choice((-1, 1)) * Decimal(rng.randrange(5, 300)).scaleb(-2)
    return {("clean_skm_ringkasan", row["baris"])}


def _target(rows: Rows, rng: random.Random) -> set[Place]:
    mine = [r for r in rows["clean_target"] if r["dokumen"] == "PK-P"]
    row = rng.choice(mine)
    row["target"] -= Decimal(rng.randrange(100, 2000)).scaleb(-2)
    row["target_teks"] = str(row["target"])
    same = (r for r in rows["clean_target"] if r["kode_indikator"] == row["kode_indikator"])
    return {("clean_target", r["baris"]) for r in same}


ERRORS: Mapping[str, Error] = {
    "angka berubah": _on_amount(_digit),
    "angka tertukar": _on_amount(_swapped),
    "tanda terbalik": _on_amount(_negated),
    "kali 10 atau 1000": _on_amount(_scaled),
    "baris hilang": _dropped,
    "nilai bergeser satu baris": _moved,
    "persen salah": _percent,
    "status desa salah": _status,
    "skor desa salah": _score,
    "desa hilang": _missing,
    "jawaban di luar skala": _answer,
    "tanggal di luar periode": _date,
    "lembar jawaban disalin": _copied,
    "IKM tercetak salah": _mean,
    "target diubah": _target,
}
_ARITHMETIC = frozenset(list(ERRORS)[:7])


def units(known: Knowledge) -> list[str]:
    """Kecamatan with villages enough, of some provinces, in order of code."""
    regions = known.context.regions
    found = (
        k.kode for p in _PROVINCES for kab in regions.kabupaten_of(p) for k in regions.kecamatan_of(kab.kode)
    )
    return [k for k in found if sum(d.adalah_desa for d in regions.desa_of(k)) in _VILLAGES]


def plant(codes: Sequence[str], times: int, rng: random.Random) -> list[Planted]:
    """``times`` kecamatan for each kind of error, and ``CLEAN`` without one.

    Raises:
        ValueError: fewer kecamatan than errors.
    """
    kinds = [None] * CLEAN + [kind for kind in ERRORS for _ in range(times)]
    made = []
    for unit, kind in zip(codes[: len(kinds)], kinds, strict=True):
        each = Planted(unit, clean_tables.consistent(unit, rng), kind)
        if contradicted(each.rows):
            raise ValueError(f"the tables of {unit} contradict themselves before any error")
        if kind is not None:
            each.places = ERRORS[kind](each.rows, rng)
            each.provable = kind not in _ARITHMETIC or contradicted(each.rows)
        made.append(each)
    return made


def judged(planted: Iterable[Planted], known: Knowledge) -> list[Finding]:
    """Everything that is found when all are judged in one run."""
    rows: Rows = defaultdict(list)
    for each in planted:
        for name, own in copy.deepcopy(each.rows).items():
            rows[name] += own
    cleaned = clean_tables.tables(rows)
    marts = compute_all({n: Noted(t, Notes()) for n, t in cleaned.items()}, known)
    everything = cleaned | {n: made.table for n, made in marts.items()}
    told = [f for made in marts.values() for f in made.notes.findings]
    return [*judge_across(everything, known.book).findings, *judge(cleaned, known.book).findings, *told]


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _percent_of(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "-"


def page(planted: Sequence[Planted], seed: int) -> str:
    """What was found, by kind of error and by rule."""
    clean = [each for each in planted if each.kind is None]
    said = [
        "<!-- Generated by `make mutation`; do not edit. -->\n",
        "# Kesalahan yang ditanam\n",
        f"{len(planted) - len(clean)} kecamatan masing-masing diberi satu kesalahan di tempat acak",
        f"(benih {seed}), pada tabel bersih buatan yang setiap angkanya saling cocok; semuanya dinilai dalam",
        "satu jalan. *Tidak dapat dibuktikan*: sesudah kesalahan itu, jumlah, persentase, angka kembar,",
        "tanda, dan batasnya masih cocok menurut hitungan yang terpisah dari aturan; kesalahan seperti itu",
        "tidak dihitung sebagai terlewat.\n",
        f"Kecamatan tanpa kesalahan: {len(clean)}; temuan padanya: {sum(len(e.found) for e in clean)}.\n",
        "| kesalahan | ditanam | tidak dapat dibuktikan | ditemukan | terlewat | recall | aturan |",
        "|---" * 7 + "|",
    ]
    said += [_of_kind(kind, [each for each in planted if each.kind == kind]) for kind in ERRORS]
    said += [
        "\nSetiap temuan menyebut kecamatan yang memang diberi kesalahan, kecuali yang dihitung di atas.",
        "*Menyebut sel itu*: sel yang salah ada di antara sel temuan, yang terkait, atau yang dicurigai;",
        "selebihnya menunjuk angka yang dibantahnya, misalnya IKM tercetak yang dibantah jawaban salah.\n",
        "| aturan | temuan | menyebut sel itu | bagian |",
        "|---" * 4 + "|",
    ]
    by_rule: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for each in planted:
        for finding in each.found:
            by_rule[finding.aturan] += 1
            right[finding.aturan] += each.touches(finding)
    said += [_row(f"`{r}`", n, right[r], _percent_of(right[r], n)) for r, n in sorted(by_rule.items())]
    return "\n".join(said) + "\n"


def _of_kind(kind: str, mine: Sequence[Planted]) -> str:
    provable = [each for each in mine if each.provable]
    seen = sum(bool(each.found) for each in provable)
    rules = Counter(rule for each in mine for rule in {f.aturan for f in each.found})
    named = ", ".join(f"`{r}` {n}" for r, n in sorted(rules.items(), key=lambda x: (-x[1], x[0])))
    missed = len(provable) - seen
    return _row(
        kind, len(mine), len(mine) - len(provable), seen, missed, _percent_of(seen, len(provable)), named
    )


def run(times: int, seed: int) -> list[Planted]:
    """Plant, judge, and give every finding to its kecamatan.

    Raises:
        ValueError: a finding names no kecamatan of the round.
    """
    with tempfile.TemporaryDirectory() as home:
        known = knowledge.load(settings(Path(home)))
    planted = plant(units(known), times, random.Random(seed))
    by_unit = {each.unit: each for each in planted}
    for finding in judged(planted, known):
        if finding.kode_unit not in by_unit:
            raise ValueError(f"{finding.aturan} names {finding.kode_unit}, which is not of the round")
        by_unit[finding.kode_unit].found.append(finding)
    return planted


def main() -> int:
    """Write the page; 1 if a clean kecamatan has a finding or a provable error was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation")
    parser.add_argument("--times", type=int, default=16, help="errors of each kind")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    planted = run(asked.times, asked.seed)
    said = page(planted, asked.seed)
    TARGET.write_text(said, encoding="utf-8", newline="\n")
    sys.stdout.write(said)
    missed = [each for each in planted if each.kind and each.provable and not each.found]
    false = [each for each in planted if each.kind is None and each.found]
    for each in missed:
        sys.stderr.write(f"missed: {each.unit} {each.kind} {sorted(each.places)[:3]}\n")
    return int(bool(missed or false))


if __name__ == "__main__":
    sys.exit(main())
