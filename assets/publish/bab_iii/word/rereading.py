"""Sentences of an edited report whose words no longer agree with the figures that stand in them.

A refresh writes figures, never words; where a target is reached that was not, "belum mencapai" has to be
mended by the person whose report it is. What lumbung itself would write now shows where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from docx.document import Document
from docx.oxml.ns import qn

from assets.publish.bab_iii.blocks import Angka, Kalimat, teks
from assets.publish.bab_iii.word.bound import controls
from assets.publish.bab_iii.word.markup import text_of

_ALIKE = 0.6  # a sentence without a bound figure is known again by its letters


def paragraphs(document: Document) -> tuple[str, ...]:
    """The letters of each paragraph, also of those in tables and controls."""
    return tuple(text_of(p) for p in document.element.body.iter(qn("w:p")))


def outdated(
    document: Document, addresses: Mapping[str, str], now: Iterable[Kalimat]
) -> tuple[tuple[str, str], ...]:
    """Sentences as they stand in the document, each with what would be written now, where the words differ.

    Args:
        document: with present figures in it.
        addresses: of its bound figures, by the tag of their control.
        now: the sentences of the report as it would be made now. One that the document does not have in any
            form (another arrangement, taken out) is left alone.
    """
    standing = set(paragraphs(document))
    wanted = {teks(sentence): _figures(sentence) for sentence in now}
    bound = _by_figures(document, addresses)
    free = standing - set(wanted) - {text for texts in bound.values() for text in texts} - {""}
    found: dict[str, str] = {}
    for said, figures in wanted.items():
        if said not in standing:
            known = bound.get(figures, []) if figures else get_close_matches(said, free, n=1, cutoff=_ALIKE)
            found |= dict.fromkeys(known, said)
    return tuple(found.items())


def _figures(sentence: Kalimat) -> tuple[str, ...]:
    return tuple(str(part.alamat) for part in sentence if isinstance(part, Angka) and part.alamat is not None)


def _by_figures(document: Document, addresses: Mapping[str, str]) -> dict[tuple[str, ...], list[str]]:
    """Paragraphs outside of tables by the figures in them, in their order."""
    inside: defaultdict[object, list[str]] = defaultdict(list)
    for tag, control in controls(document):
        paragraph = next(control.iterancestors(qn("w:p")), None)
        in_table = next(control.iterancestors(qn("w:tc")), None) is not None
        if tag in addresses and paragraph is not None and not in_table:
            inside[paragraph].append(addresses[tag])
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for paragraph, figures in inside.items():
        found[tuple(figures)].append(text_of(paragraph))
    return dict(found)
