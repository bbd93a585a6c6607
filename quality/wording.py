"""Values and sentences as an officer reads them. What may be read at all (masking) is ``values/personal``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from quality.rule import Rule, placeholders
from warehouse.values.numbers import SPREADSHEET_DECIMALS, tampil, tampil_pendek

BLANK = {"id": "(kosong)", "en": "(blank)"}
UNKNOWN = "-"
# A finding may lack these and still say something true; anything else that is missing is a fault of ours.
_MAY_BE_BLANK = ("tertulis", "seharusnya", "selisih")
# What a sentence says of a sheet; a csv has none.
_ON_SHEET = re.compile(
    r" \((?:lembar|sheet) \{lembar\}\)|(?<=\()(?:lembar|sheet) \{lembar\}, "
    r"|,? (?:(?:di|on|of) )?(?:lembar|sheet) \{lembar\}"
)

_LONG = re.compile(rf"(?<![\w.,])(\d+)[.,](\d{{{SPREADSHEET_DECIMALS},}})(?![\w:]|[.,]\w)")

# What SELECTs and readers say between the parts of a list, in both languages.
_BETWEEN = {
    "id": (),
    "en": (
        (re.compile(r"\bdan (\d+) lainnya\b"), r"and \1 more"),
        (re.compile(r"(?<=\d) atau (?=\d)"), " or "),
    ),
}


class SentenceIncomplete(ValueError):
    """A rule's sentence asks for something that the finding does not supply: a fault of ours."""


def shown(value: Any, *, money: bool = False) -> str | None:
    """A value as printed in Indonesia: ``11.216.668.358``, ``0,7314``; None stays None.

    Args:
        value: Decimal, whole number, yes/no or text.
        money: cents are shown in full or not at all.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return tampil(value, 2 if money and places else places)
    return str(value)


def readable(said: str) -> str:
    """The text with its numbers as a person reads them: those with a spreadsheet's decimals keep four.

    >>> readable("4.983333333333333"), readable("92,001162769031 dan 66,666667")
    ('4,9833', '92,0012 dan 66,666667')
    """
    return _LONG.sub(lambda found: tampil_pendek(Decimal(f"{found[1]}.{found[2]}")), said)


def fill(rule: Rule, sentence: str, values: Mapping[str, Any], language: str) -> str:
    """One sentence with its placeholders filled.

    Raises:
        SentenceIncomplete: naming the rule and the placeholder.
    """
    facts: dict[str, str] = {}
    if "lembar" in values and values["lembar"] in (None, "-"):
        sentence = _ON_SHEET.sub("", sentence)
    for name in placeholders(sentence):
        if name not in values:
            raise SentenceIncomplete(
                f"{rule.sumber.name}: rule {rule.id!r} says {{{name}}}, which its finding does not supply; "
                f"supplied: {', '.join(sorted(values))}"
            )
        value = shown(values[name])
        if value is None or value == "":
            value = BLANK[language] if name in _MAY_BE_BLANK else UNKNOWN
        for found, instead in _BETWEEN[language]:
            value = found.sub(instead, value)
        facts[name] = readable(value)
    return sentence.format_map(facts)
