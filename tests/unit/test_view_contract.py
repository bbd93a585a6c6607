"""The stable views keep their promise: columns are only added, and each addition is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import duckdb
import pytest

from assets.publish import snapshot
from warehouse import view_contract
from warehouse.view_contract import Contract, ContractWouldBreak

CHANGELOG = Path(__file__).resolve().parents[2] / "docs" / "reference" / "perubahan-view.md"


@pytest.fixture(scope="module")
def kept() -> Contract:
    return view_contract.load()


@pytest.fixture(scope="module")
def now() -> Contract:
    return view_contract.described()


def test_no_reader_of_the_published_contract_breaks(kept: Contract, now: Contract) -> None:
    assert list(view_contract.breaks(kept, now)) == []


def test_the_contract_says_what_the_views_are(kept: Contract, now: Contract) -> None:
    due = view_contract.renewed(kept, now)
    assert view_contract.PATH.read_text(encoding="utf-8") == view_contract.text(due), "run: make docs"
    assert kept["sidik"] == view_contract.fingerprint(now)


def test_every_version_is_told_in_the_changelog(kept: Contract) -> None:
    told = dict(re.findall(r"^## (\d+\.\d+)\n(.*?)(?=^## |\Z)", CHANGELOG.read_text("utf-8"), re.S | re.M))
    assert sorted(told) == sorted(view_contract.versions(kept))
    assert next(iter(told)) == kept["versi"], "the newest version stands on top"
    assert f"`{kept['sidik']}`" in told[kept["versi"]], "the changelog does not name the contract's sidik"
    for versi in view_contract.versions(kept)[1:]:
        missing = [n for n in view_contract.came_with(kept, versi) if f"`{n}`" not in told[versi]]
        assert not missing, f"{CHANGELOG.name}, {versi}: say what these are for: {missing}"


def removed(c: Contract) -> None:
    del c["pandangan"]["v1_capaian_iku"]["kolom"][3]


def renamed(c: Contract) -> None:
    c["pandangan"]["v1_ikm"]["kolom"][5]["nama"] = "indeks"


def retyped(c: Contract) -> None:
    c["pandangan"]["v1_ikm"]["kolom"][5]["tipe"] = "DOUBLE"


def reordered(c: Contract) -> None:
    c["pandangan"]["v1_ikm"]["kolom"].reverse()


def gone(c: Contract) -> None:
    del c["pandangan"]["v1_ikm"]


def no_macro(c: Contract) -> None:
    del c["makro"]["v1_angka_pada"]


def another_argument(c: Contract) -> None:
    c["makro"]["v1_angka_pada"]["argumen"].append("jam")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (removed, "v1_capaian_iku.sasaran is gone or renamed"),
        (renamed, "v1_ikm.bobot_aturan is gone or renamed"),
        (retyped, "v1_ikm.bobot_aturan: VARCHAR is now DOUBLE"),
        (reordered, "v1_ikm: the columns stand in another order"),
        (gone, "v1_ikm is gone"),
        (no_macro, "v1_angka_pada is gone"),
        (another_argument, "v1_angka_pada: arguments"),
    ],
)
def test_what_breaks_a_reader_is_refused(
    kept: Contract, now: Contract, change: Callable[[Contract], None], said: str
) -> None:
    changed = deepcopy(now)
    change(changed)
    with pytest.raises(ContractWouldBreak, match=re.escape(said)):
        view_contract.renewed(kept, changed)


def test_an_added_column_raises_the_version_and_carries_it(kept: Contract, now: Contract) -> None:
    changed = deepcopy(now)
    changed["pandangan"]["v1_ikm"]["kolom"].insert(2, {"nama": "baru", "tipe": "DATE", "arti": "Baru"})
    made = view_contract.renewed(kept, changed)
    major, minor = kept["versi"].split(".")
    assert made["versi"] == f"{major}.{int(minor) + 1}" and made["sidik"] != kept["sidik"]
    assert view_contract.came_with(made, made["versi"]) == ["v1_ikm.baru"]
    assert view_contract.renewed(made, changed) == made


def test_a_reworded_meaning_is_no_new_version(kept: Contract, now: Contract) -> None:
    changed = deepcopy(now)
    changed["pandangan"]["v1_ikm"]["arti"] = "Lain"
    made = view_contract.renewed(kept, changed)
    assert (made["versi"], made["sidik"]) == (kept["versi"], kept["sidik"])


def test_views_and_their_columns_carry_their_meaning_in_the_file(kept: Contract, tmp_path: Path) -> None:
    snapshot.publish({}, tmp_path / "lumbung.duckdb")
    with duckdb.connect(str(tmp_path / "lumbung.duckdb"), read_only=True) as con:
        views = dict(
            con.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
        )
        columns = con.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE table_name LIKE 'v1_%'"
        ).fetchall()
    assert views == {name: view["arti"] for name, view in kept["pandangan"].items()}
    due = {(v, c["nama"], c["arti"]) for v, view in kept["pandangan"].items() for c in view["kolom"]}
    assert set(columns) == due and all(c[2] for c in columns)


def test_the_page_for_dashboards_names_every_view(kept: Contract) -> None:
    page = (CHANGELOG.parents[1] / "dashboard.md").read_text(encoding="utf-8")
    missing = [n for n in kept["pandangan"] if f"| `{n}` |" not in page]
    assert not missing and all(f"| `{n}(" in page for n in kept["makro"])
