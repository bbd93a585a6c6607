"""``lumbung accept --propose``: how tables that were not recognised might be read, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assets.accept import usulan
from assets.accept.telling import Received
from assets.readers import ledger, vocabulary
from assets.readers.guarded import open_guarded
from assets.readers.proposal import Proposal, propose
from pipelines.settings import Settings
from pipelines.words import say

_UNREAD = ("tata_letak_tidak_dikenal", "tata_letak_meragukan")


def proposals(found: Settings, received: Iterable[Received], source: str | None, lang: str) -> Iterator[str]:
    """Write a proposal for each file, or sheet of a file, that was not recognised.

    Args:
        found: the home.
        received: what became of the files offered.
        source: the source they are, if the officer says so.
        lang: language of the sentences, ``id`` or ``en``.

    Yields:
        A sentence for each file: where its proposal lies, or why there is none.
    """
    words = vocabulary.load(found.raw)
    entries = ledger.entries(found.home)
    for one in received:
        unread = {f.lembar for f in one.findings if f.aturan in _UNREAD}
        whole = one.status == "tidak_dikenal"
        entry = entries.get(one.berkas_id or "")
        path = entry.path(found.home) if entry else None
        if path is None or not (whole or unread):
            if one.status in ("diterima", "sudah_ada"):
                yield say("propose_known", lang, name=one.nama)
            continue
        [(_, book)] = open_guarded([path])
        sheets = [g for g in book.lembar if whole or g.lembar in unread]
        made = propose(sheets, words, source)
        if not made:
            known = ", ".join(sorted({f.sumber for f in words.forms}))
            yield say("propose_none", lang, name=one.nama, sources=known)
            continue
        where, fresh = usulan.write(found.home, one.nama, one.berkas_id or "", made, book.lembar)
        told = "propose_written" if fresh else "propose_there"
        yield say(told, lang, name=one.nama, path=where, **_counts(made))


def _counts(made: list[Proposal]) -> dict[str, object]:
    guesses = [g for p in made for g in p.guesses]
    missing = [n for p in made for n in p.kurang]
    return {
        "form": ", ".join(dict.fromkeys(p.form.tabel for p in made)),
        "guessed": sum(g.untuk is not None for g in guesses),
        "all": len(guesses),
        "missing": ", ".join(missing) or "-",
    }
