"""The files of the bench are what they say, and its tasks do the work that they are timed for."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from benchmarks import pdf, questionnaire, tasks
from benchmarks.questionnaire import HEADERS, TITLES

EPOCH = dt.date(1899, 12, 30)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return questionnaire.write_xlsx(tmp_path / "survei.xlsx", 40)


def test_workbook_and_csv_hold_the_same_answers(workbook: Path, tmp_path: Path) -> None:
    answers = [list(row) for row in questionnaire.respondents(40)]
    rows = list(openpyxl.load_workbook(workbook).active.iter_rows(values_only=True))
    assert [r[0] for r in rows[:3]] == list(TITLES)
    assert rows[3] == HEADERS
    told = [[(r[0].date() - EPOCH).days, *("" if v is None else v for v in r[1:])] for r in rows[4:]]
    assert told == answers
    with questionnaire.write_csv(tmp_path / "survei.csv", 40).open(encoding="utf-8") as text:
        printed = list(csv.reader(text, delimiter=";"))[4:]
    assert [row[1:] for row in printed] == [[str(v) for v in row[1:]] for row in answers]


def test_tasks_count_what_they_did(workbook: Path, tmp_path: Path) -> None:
    watch = tasks.Watch()
    assert tasks.unit(watch, workbook)["xml_mb"] > 0.01
    assert tasks.calamine(watch, workbook) == {"rows": 44}
    found = tasks.door(watch, workbook)
    assert (found["taken"], found["rows"], found["clean"]) == (1, 40, 40)
    assert watch.cpu > 0 and watch.wall > 0
    one = pdf.ruled_pages(tmp_path / "satu.pdf", 1)
    assert tasks.pages(watch, pdf.ruled_pages(tmp_path / "dua.pdf", 2), one) == {"pages": 2, "refused": None}
