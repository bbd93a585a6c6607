"""Questionnaire answers of the satisfaction survey: letters, words and numbers to 1..4.

The words are those of the form in the annex of PermenPANRB 14/2017. What does not belong here: which
column is which unsur, and how many blanks exclude a respondent (contract, section 3).
"""

from __future__ import annotations

import re

from warehouse.values.numbers import Unreadable

_LETTERS = {"a": 1, "b": 2, "c": 3, "d": 4}
_WORD = (
    r"(?:sesuai|mudah|cepat|kompeten|mampu|sopan|ramah|baik|puas|memuaskan|lengkap|jelas|tepat(?: waktu)?)"
)
_QUALITY = rf"{_WORD}(?:(?:,| dan|/) ?{_WORD})*"
# Of which of the four steps a wording is; unsur biaya, sarana and pengaduan have words of their own.
_STEPS = (
    rf"(?:tidak|tdk) {_QUALITY}|sangat mahal|buruk|tidak ada",
    rf"(?:kurang|krg) {_QUALITY}|cukup mahal|cukup|ada,? (?:tetapi|tapi) tidak berfungsi",
    rf"{_QUALITY}|murah|berfungsi(?:,? (?:tetapi|tapi))? kurang maksimal",
    rf"(?:sangat|sgt) {_QUALITY}|gratis(?:/tidak dipungut biaya)?|dikelola dengan baik",
)
_WORDS = tuple((re.compile(pattern), answer) for answer, pattern in enumerate(_STEPS, start=1))
_NUMBER = re.compile(r"(-?\d+)(?:[.,](\d+))?")
# "c. Sesuai", "(3) Sesuai", "3 (Sesuai)" and "Sesuai (3)".
_LABELLED = (
    re.compile(r"(?P<label>[1-4a-d])\s*[.):=\-]\s*(?P<kata>\D.*)"),
    re.compile(r"\((?P<label>[1-4a-d])\)\s*(?P<kata>\D.*)"),
    re.compile(r"(?P<label>[1-4a-d])\s*\((?P<kata>\D[^()]*)\)"),
    re.compile(r"(?P<kata>\D[^()]*?)\s*\((?P<label>[1-4a-d])\)"),
)


class DiLuarSkala(Unreadable):
    """A number that is not on the scale 1..4: read well, but no answer (contract, section 3)."""


def parse_answer(text: str, jenis: str = "t") -> int | None:
    """One answer on the scale 1 to 4; None for a blank.

    Raises:
        DiLuarSkala: a number outside 1..4 or between two steps.
        Unreadable: any other text, an error cell, or a label that contradicts its words.

    >>> parse_answer("d"), parse_answer("Kurang sesuai"), parse_answer("4.0"), parse_answer("")
    (4, 2, 4, None)
    """
    if jenis not in " tn":
        raise Unreadable(f'"{text.strip()[:40]}" bukan jawaban 1 sampai 4 atau a sampai d')
    tidy = re.sub(r"[\s\u00a0]+", " ", text).strip().rstrip(".").casefold()
    if not tidy or re.fullmatch(r"[-–—]+", tidy):
        return None
    if number := _NUMBER.fullmatch(tidy):
        return _on_scale(number, text)
    if tidy in _LETTERS:
        return _LETTERS[tidy]
    return _in_words(tidy, text)


def _on_scale(number: re.Match[str], text: str) -> int:
    whole, rest = int(number[1]) if len(number[1]) < 9 else 0, (number[2] or "").strip("0")
    if rest or not 1 <= whole <= 4:
        raise DiLuarSkala(f'"{text.strip()[:40]}" di luar skala 1 sampai 4')
    return whole


def _in_words(tidy: str, text: str) -> int:
    label = None
    if labelled := next((m for form in _LABELLED if (m := form.fullmatch(tidy))), None):
        label = _LETTERS.get(labelled["label"]) or int(labelled["label"])
        tidy = labelled["kata"].strip()
    tidy = re.sub(r"\s*/\s*", "/", tidy.replace(" & ", " dan ").replace("dgn", "dengan"))
    for pattern, answer in _WORDS:
        if pattern.fullmatch(tidy):
            if label not in (None, answer):
                break
            return answer
    raise Unreadable(f'"{text.strip()[:40]}" bukan jawaban 1 sampai 4, a sampai d, atau kata formulir')
