"""``make fuzz``: thousands of damaged files through the door; none may crash it, hang it or lose a row.

``FUZZ_MUTANTS`` says how many (2,000), ``FUZZ_SEED`` the first number; a mutant is made again by its number:
``python -m tests.fuzz.mutate 4711``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.fuzz.mutasi import mutant, seeds
from tests.fuzz.pintu import Door

_SLOW = 20.0  # seconds for one file of a few kilobytes
_TOLD_EVERY = 30.0


def run(numbers: Iterable[int], kept: Path) -> tuple[Counter[str], list[str]]:
    """Send each mutant through; what failed is kept as a file.

    Returns:
        How many ended how, by kind; and the failures in words.
    """
    ends: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        valid = seeds(Path(folder))
        with Door(Path(folder) / "rumah") as door:
            told = time.monotonic()
            for number in numbers:
                made = mutant(number, valid)
                path = Path(folder) / made.name
                path.write_bytes(made.data)
                failure = ""
                try:
                    outcome = door.through(path)
                    ends[f"{made.kind} {outcome.status}"] += 1
                    if outcome.detik > _SLOW:
                        failure = f"took {outcome.detik:.0f} s"
                except Exception as fault:
                    ends[f"{made.kind} GAGAL"] += 1
                    failure = f"{type(fault).__name__}: {fault}\n{traceback.format_exc(limit=-4)}"
                if failure:
                    failures.append(f"{made.name}: {failure}")
                    kept.mkdir(parents=True, exist_ok=True)
                    path.replace(kept / made.name)
                else:
                    path.unlink()
                if time.monotonic() - told > _TOLD_EVERY:
                    told = time.monotonic()
                    print(f"{sum(ends.values())} mutants, {len(failures)} failures", flush=True)
    return ends, failures


def main() -> int:
    """Run as the environment says; 1 if anything failed."""
    if sys.argv[1:]:
        numbers: Iterable[int] = [int(n) for n in sys.argv[1:]]
    else:
        first = int(os.environ.get("FUZZ_SEED") or time.time())
        count = int(os.environ.get("FUZZ_MUTANTS") or 2_000)
        print(f"FUZZ_SEED={first} FUZZ_MUTANTS={count}", flush=True)
        numbers = range(first, first + count)
    before = time.monotonic()
    ends, failures = run(numbers, Path(tempfile.gettempdir()) / "lumbung-fuzz")
    for end, count in sorted(ends.items()):
        print(f"{end:24} {count:6}")
    for failure in failures:
        print(failure)
    print(f"{sum(ends.values())} mutants in {time.monotonic() - before:.0f} s, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
