"""The officer's own workbook with cells marked: nothing else in it altered (``annotate``)."""

from assets.publish.annotated.marking import Annotated, Mark, annotate
from assets.publish.annotated.told import mark, settled

# What the name of a marked copy ends with; a walked folder leaves such files out.
MARKED = " - diperiksa"

__all__ = ["MARKED", "Annotated", "Mark", "annotate", "mark", "settled"]
