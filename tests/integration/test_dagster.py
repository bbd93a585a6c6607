"""Dagster loads the code location, and its job is the one the command line runs."""

from __future__ import annotations

import datetime as dt

import dagster as dg
import pytest

from assets.clean.registry import CLEANERS
from pipelines import definitions, graph, periods, stages
from warehouse import contracts

pytestmark = pytest.mark.integration


def test_the_definitions_load_and_hold_every_table() -> None:
    loaded = definitions.build()
    dg.Definitions.validate_loadable(loaded)
    keys = {k.path[-1] for a in graph.ASSETS for k in a.keys}
    assert set(CLEANERS) | set(contracts.names("mart")) <= keys


def test_every_clean_and_mart_table_is_made_and_no_other() -> None:
    assert set(CLEANERS) == set(contracts.names("clean"))
    assert set(stages.MART_NAMES) == set(contracts.names("mart"))


def test_the_graph_is_readable_by_an_officer() -> None:
    for asset in graph.ASSETS:
        for key in asset.keys:
            assert asset.descriptions_by_key.get(key), f"{key} has no description"
            assert asset.group_names_by_key[key] != "default", f"{key} has no group"


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (dt.date(2026, 4, 5), ["2026-TW1"]),
        (dt.date(2026, 10, 5), ["2026-TW3"]),
        (dt.date(2027, 1, 5), ["2026-TW4", "2026"]),
    ],
)
def test_the_schedule_publishes_the_quarter_that_ended(today: dt.date, ended: list[str]) -> None:
    assert definitions.ended_periods(today) == ended
    assert set(ended) <= set(periods.PERIODS.get_partition_keys())


def test_the_sensor_asks_once_for_the_same_inbox(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path))
    inbox = tmp_path / "raw" / "inbox"
    inbox.mkdir(parents=True)
    context = dg.build_sensor_context()
    assert isinstance(definitions.kotak_masuk_berisi(context), dg.SkipReason)
    (inbox / "a.csv").write_text("x")
    asked = definitions.kotak_masuk_berisi(context)
    assert isinstance(asked, dg.RunRequest) and asked.partition_key == periods.ALL
    assert isinstance(definitions.kotak_masuk_berisi(context), dg.SkipReason)
