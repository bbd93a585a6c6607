"""The words of the site in two languages: those of the validation report, and its own in ``kata.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from assets.publish.validation import words

LANGUAGES = words.LANGUAGES
_OWN = Path(__file__).with_name("kata.yaml")


@cache
def own() -> dict[str, tuple[str, str]]:
    """The words of ``kata.yaml``: Indonesian, English."""
    said = yaml.safe_load(_OWN.read_text(encoding="utf-8"))
    return {str(name): (str(pair[0]), str(pair[1])) for name, pair in said.items()}


@cache
def kata(lang: str) -> dict[str, str]:
    """Every word in one language."""
    at = LANGUAGES.index(lang)
    return words.words(lang) | {name: pair[at] for name, pair in own().items()}
