"""Questionnaire answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.values.answers import DiLuarSkala, parse_answer
from warehouse.values.numbers import Unreadable


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1", 1),
        ("4.0", 4),
        ("4,0", 4),
        (" 3 ", 3),
        ("a", 1),
        ("D", 4),
        ("b.", 2),
        ("Tidak sesuai", 1),
        ("kurang mudah", 2),
        ("Cepat", 3),
        ("Sangat sopan dan ramah", 4),
        ("Sangat mahal", 1),
        ("Cukup mahal", 2),
        ("Murah", 3),
        ("Gratis", 4),
        ("Buruk", 1),
        ("Cukup", 2),
        ("Baik", 3),
        ("Sangat Baik", 4),
        ("Tidak ada", 1),
        ("Ada tetapi tidak berfungsi", 2),
        ("Berfungsi kurang maksimal", 3),
        ("Dikelola dengan baik", 4),
        ("d. Sangat sesuai", 4),
        ("3) Mudah", 3),
        ("(3) Sesuai", 3),
        ("Sangat sesuai (4)", 4),
        ("4 (Sangat baik)", 4),
        ("Sangat sopan & ramah", 4),
        ("Kurang sopan, ramah", 2),
        ("Sangat kompeten / mampu", 4),
        ("Dikelola dgn baik", 4),
        ("Berfungsi tetapi kurang maksimal", 3),
        ("", None),
        ("-", None),
    ],
)
def test_answers_of_the_form(text: str, answer: int | None) -> None:
    assert parse_answer(text) == answer


@pytest.mark.parametrize("text", ["0", "5", "9", "99", "-1", "3.5", "2,5", "1" * 30])
def test_numbers_off_the_scale(text: str) -> None:
    with pytest.raises(DiLuarSkala, match="skala"):
        parse_answer(text)


@pytest.mark.parametrize(
    "text",
    ["e", "mahal", "a. Sangat sesuai", "ya", "1 atau 2", "4 = tidak sesuai", "Sesuai (4)", "Cukup baik"],
)
def test_what_is_no_answer_is_not_guessed(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_answer(text)
    assert not isinstance(caught.value, DiLuarSkala)


@pytest.mark.parametrize("jenis", list("efdwlb"))
def test_cells_of_other_kinds_are_refused(jenis: str) -> None:
    with pytest.raises(Unreadable):
        parse_answer("4", jenis)


@given(st.text(max_size=20))
def test_any_text_is_one_to_four_blank_or_refused(text: str) -> None:
    try:
        assert parse_answer(text) in (None, 1, 2, 3, 4)
    except Unreadable as wrong:
        assert str(wrong)
