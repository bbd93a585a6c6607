"""``make bench``: what things cost on this machine.

``make bench ONLY=job`` runs one of ``PARTS``, ``QUICK=1`` smaller files and fewer repetitions.
"""

from __future__ import annotations

import argparse

from benchmarks import bab_iii, door, job, judging, report, site

PARTS = {
    "job": job.main,
    "door": door.main,
    "judge": judging.main,
    "report": report.main,
    "bab_iii": bab_iii.main,
    "site": site.main,
}


def main() -> None:
    """Run the parts asked for."""
    asked = argparse.ArgumentParser(prog="make bench", description="What things cost on this machine.")
    asked.add_argument("--only", choices=sorted(PARTS), help="one part alone")
    asked.add_argument("--quick", action="store_true", help="smaller files, fewer repetitions")
    said = asked.parse_args()
    for name, part in PARTS.items():
        if said.only in (None, name):
            print(f"--- {name}")
            part(said.quick)


if __name__ == "__main__":
    main()
