"""Text that goes into a spreadsheet someone will open."""

from __future__ import annotations

import re
from typing import Any

_STARTS_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"^\s*([+-]?[\d.,]+\s*%?|-)\s*$")  # or the dash that stands for none


def safe_text(value: Any) -> Any:
    """The value for a cell: text that a spreadsheet would run as a formula gets an apostrophe before it.

    Numbers, also negative ones printed as text, stay as they are (design principle 10).

    >>> safe_text("=1+1"), safe_text("-1.234,50"), safe_text("-"), safe_text("Camat")
    ("'=1+1", '-1.234,50', '-', 'Camat')
    """
    if isinstance(value, str) and _STARTS_FORMULA.match(value) and not _NUMBER.match(value):
        return "'" + value
    return value
