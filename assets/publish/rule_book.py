"""The rule book as people read it: kinds of rules in their order, and what the consequences mean."""

from __future__ import annotations

from collections.abc import Iterator

from quality.rule import Rule, RuleBook

LEAD = (
    "Akibat: `tolak` baris atau sel tidak dipakai; `tahan` angka itu tidak terbit;",
    "`ingat` diperlihatkan di samping angka; `henti` tidak ada yang terbit.",
)
# Each kind with its title: Indonesian, English.
KINDS = {
    "lintas": ("Aturan antar tabel", "Rules over tables"),
    "harap": ("Aturan baris", "Rules of rows"),
    "temuan": ("Yang ditemukan saat membaca dan menghitung", "What is found while reading and computing"),
}


def by_kind(book: RuleBook, lang: str = "id") -> Iterator[tuple[str, str, list[Rule]]]:
    """Each kind, its title, and its rules in order of their ids."""
    for kind, titles in KINDS.items():
        yield kind, titles[lang != "id"], sorted(book.of(kind), key=lambda r: r.id)
