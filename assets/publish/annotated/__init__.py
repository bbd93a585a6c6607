"""The officer's own workbook with cells marked: nothing else in it altered (``annotate``)."""

from assets.publish.annotated.marking import Annotated, Mark, annotate
from assets.publish.annotated.told import mark, settled

__all__ = ["Annotated", "Mark", "annotate", "mark", "settled"]
