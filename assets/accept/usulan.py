"""Proposals how to read a table: written for the officer, and taken back when each guess has been confirmed.

Confirmed words join ``HOME/raw/<source>/tambahan.yaml``, beside the program's vocabulary. Nothing is changed
by a proposal that is not confirmed, that contradicts itself, or with which the file would still not be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assets.accept import edited
from assets.accept.edited import Edited, UsulanSalah
from assets.accept.stored import put, safe_name
from assets.readers import ledger, vocabulary
from assets.readers.grid import Grid
from assets.readers.guarded import open_guarded
from assets.readers.header import Head, Merges, heads
from assets.readers.proposal import ISI, MIRIP, PASTI, Guess, Proposal
from assets.readers.recognise import Recogniser
from assets.readers.vocabulary import ADDED, Form, Vocabulary
from assets.readers.words import pattern
from warehouse.values.personal import mask

FOLDER, KUNCI = "usulan", edited.KUNCI
_YEAR = re.compile(r"(?:\b(?:tahun|ta|thn) )?\b(?:19|20)\d\d\b")
_QUARTER = re.compile(r"\b(?:tw|triwulan) ?(?:iv|i{1,3}|[1-4])\b")
_HEAD = """\
# Usulan cara membaca {berkas}. Tabelnya belum dikenali; ini tebakan, dan belum dipakai.
#
# 1. Periksa bentuk dan tiap kolom. Bila tebakannya benar, ganti "yakin: belum" menjadi "yakin: ya".
# 2. Bila salah, ganti isi "untuk" dengan nama kolom yang benar (daftarnya di bawah bentuk), lalu "yakin: ya".
#    Kolom yang memang tidak diperlukan: "untuk: tidak dipakai". Kolom tanpa tebakan boleh dibiarkan.
# 3. Simpan, lalu: lumbung accept {sendiri}
#    Sesudah itu kirim ulang berkas datanya. Berkas berikutnya dengan kepala yang sama langsung dikenali.
"""


# --- written -----------------------------------------------------------------------------------------
def write(
    home: Path, nama: str, berkas_id: str, proposals: Sequence[Proposal], grids: Sequence[Grid]
) -> tuple[Path, bool]:
    """Write the proposals for one file to ``HOME/raw/usulan``; one that is there already is left alone.

    Args:
        home: the home.
        nama: name of the file.
        berkas_id: its hash.
        proposals: one a sheet, at least one.
        grids: the sheets, for row numbers as people count them.

    Returns:
        Where it lies, and whether it was written now.
    """
    shown = mask(nama)
    path = (
        home
        / "raw"
        / FOLDER
        / safe_name(f"{Path(shown).stem}-{proposals[0].form.sumber}-{berkas_id[:8]}.yaml")
    )
    if path.exists():
        return path, False
    first = {g.lembar: g.baris_awal for g in grids}
    lines = [_HEAD.format(berkas=json.dumps(shown, ensure_ascii=False), sendiri=json.dumps(str(path)))]
    lines += [f"{KUNCI}: 1", f"berkas: {_quoted(shown)}", f"berkas_id: {_quoted(berkas_id)}", "tabel:"]
    for one in proposals:
        lines += _table(one, first[one.lembar])
    put(path, ("\n".join(lines) + "\n").encode())
    return path, True


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _table(one: Proposal, first: int) -> Iterator[str]:
    top, bottom = one.kepala
    yield f"  - lembar: {_quoted(one.lembar)}"
    yield f"    kepala_baris: [{top + first}, {bottom + first}]"
    if one.lain:
        yield f"    # mungkin juga {', '.join(one.lain)}: untuk usulannya tambahkan --source NAMA_SUMBER"
    yield f"    bentuk: {one.form.tabel}"
    yield "    yakin: belum"
    needed = [f.nama for f in one.form.kolom if f.wajib]
    other = [f.nama for f in one.form.kolom if not f.wajib]
    yield f"    # kolom wajib: {', '.join(needed) or '-'}"
    for group in one.form.salah_satu:
        yield f"    # sekurang-kurangnya satu dari: {', '.join(' + '.join(way) for way in group)}"
    yield f"    # kolom lain yang ada: {', '.join(other) or '-'}"
    if one.kurang:
        yield f"    # BELUM ADA tebakan untuk: {', '.join(one.kurang)}"
    yield "    kolom:"
    for guess in one.guesses:
        yield from _column(guess)


def _column(guess: Guess) -> Iterator[str]:
    yield f"      - kepala: {_quoted(_shown(guess.head))}"
    yield f"        # isinya: {_comment(guess.contoh)}"
    others = f"; mungkin juga {', '.join(guess.lain)}" if guess.lain else ""
    why = {
        PASTI: "kata ini sudah dikenal",
        MIRIP: f"mirip {guess.mirip}% dengan {guess.kata!r}",
        ISI: "satu-satunya kolom yang isinya cocok",
    }.get(guess.cara, "tidak ada tebakan")
    yield f"        untuk: {guess.untuk or _quoted('')}  # {_comment(why + others)}"
    yield f"        yakin: {'ya' if guess.cara == PASTI else 'belum'}"


def _shown(head: Head) -> str:
    """The header as it stands in the file, without persons."""
    return mask(" ".join(head.teks.split()))


def _comment(text: str) -> str:
    """A text that cannot leave its comment."""
    return " ".join(text.split())


# --- taken back --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Confirmed:
    """The words that one table adds, and what its headers shall be read as: column index -> field."""

    table: edited.Table
    form: Form
    words: Mapping[str, list[str]]
    unused: list[str]
    columns: Mapping[int, str]
    grid: Grid


def take(home: Path, text: str) -> str:
    """Put the confirmed words of an edited proposal in force.

    Returns:
        What was taken, for the message.

    Raises:
        UsulanSalah: with the lines at fault; nothing is changed then.
    """
    said = edited.read(text)
    words = vocabulary.load(home / "raw")
    tables, skipped = edited.confirmed(said, words)
    grids = _sheets(home, said)
    found = [_resolve(words, t, grids) for t in tables]
    added: dict[str, dict[str, Any]] = {}
    for one in found:
        _join(added.setdefault(one.form.sumber, {}), one)
    _tried(home, words, added, found, list(grids.values()))
    for source, more in added.items():
        _put(home / "raw" / source / ADDED, more)
    return _said(said, added, skipped)


def _sheets(home: Path, said: Edited) -> dict[str, Grid]:
    """The sheets of the file that the proposal is about."""
    entry = ledger.entries(home).get(said.berkas_id)
    path = entry.path(home) if entry else None
    if path is None:
        raise UsulanSalah(
            f"baris {said.baris_id}: berkas {said.berkas[:60]!r} belum pernah dikirim ke sini;"
            " kirim dahulu berkas datanya dengan: lumbung accept --propose BERKAS"
        )
    [(_, book)] = open_guarded([path])
    return {g.lembar: g for g in book.lembar}


def _resolve(words: Vocabulary, table: edited.Table, grids: Mapping[str, Grid]) -> _Confirmed:
    grid = grids.get(table.lembar)
    if grid is None:
        raise UsulanSalah(f"baris {table.baris}: lembar {table.lembar!r} tidak ada di berkas itu")
    top, bottom = (r - grid.baris_awal for r in table.kepala)
    if not 0 <= top <= bottom < min(len(grid.teks), top + 8):
        raise UsulanSalah(f"baris {table.baris}: kepala_baris di luar lembar {table.lembar!r}")
    form = words.tables[table.bentuk]
    above = heads(grid, Merges(grid), top, bottom, words.normal)
    added: dict[str, list[str]] = {}
    unused: list[str] = []
    columns: dict[int, str] = {}
    for column in table.kolom:
        matching = [h for h in above if _shown(h) == " ".join(column.kepala.split())]
        if not matching:
            raise UsulanSalah(f"baris {column.baris}: kepala {column.kepala[:60]!r} tidak ada di berkas itu")
        for head in matching:
            if column.untuk == edited.UNUSED:
                unused.append(_wording(head, column.baris))
                continue
            columns[head.kolom[0]] = form.by_name[column.untuk].keluar
            if form.by_name[column.untuk].key(head.penuh) is None:
                added.setdefault(column.untuk, []).append(_wording(head, column.baris))
    return _Confirmed(table, form, added, unused, columns, grid)


def _wording(head: Head, line: int) -> str:
    """A header as a wording: its words, with the year and quarter it names left open."""
    made = " ".join(_QUARTER.sub("{triwulan}", _YEAR.sub("{tahun}", head.penuh)).split())
    if not made or pattern(made).key(head.penuh) is None:
        raise UsulanSalah(f"baris {line}: kepala itu tidak memuat kata yang dapat dikenali lagi")
    return made


def _join(into: dict[str, Any], one: _Confirmed) -> None:
    form = into.setdefault(one.form.nama, {"kolom": {}, "tidak_dipakai": []})
    for name, wordings in one.words.items():
        form["kolom"][name] = list(dict.fromkeys([*form["kolom"].get(name, []), *wordings]))
    form["tidak_dipakai"] = list(dict.fromkeys([*form["tidak_dipakai"], *one.unused]))


def _tried(
    home: Path, words: Vocabulary, added: Mapping[str, Any], found: Iterable[_Confirmed], grids: list[Grid]
) -> None:
    """Read the file with the new words: each confirmed column must be read as what was confirmed."""
    new = words
    for source, more in added.items():
        new = vocabulary.extended(home / "raw", new, source, more)
    read = dict(zip((g.lembar for g in grids), Recogniser(new).book(grids), strict=True))
    for one in found:
        sheet = read[one.grid.lembar]
        table = next((t for t in sheet.tables if t.form.tabel == one.form.tabel), None)
        if table is None:
            raise UsulanSalah(f"baris {one.table.baris}: {_still_unread(sheet.near, one)}")
        got = {k: c.spec.keluar for c in table.columns for k in c.kolom}
        for at, name in one.columns.items():
            if got.get(at) != name:
                kepala = next(k for k in one.table.kolom if k.untuk != edited.UNUSED and _is(one, name, k))
                raise UsulanSalah(
                    f"baris {kepala.baris}: kepala {kepala.kepala[:60]!r} tetap tidak terbaca sebagai {name}"
                    f" ({_why_not(one, at, name)})"
                )


def _is(one: _Confirmed, name: str, column: edited.Column) -> bool:
    return one.form.by_name[column.untuk].keluar == name


def _why_not(one: _Confirmed, at: int, name: str) -> str:
    shape = one.form.by_name[name].nilai if name in one.form.by_name else "bebas"
    values = (one.grid.teks[r][at] for r in range(one.table.kepala[1], len(one.grid.teks)))
    looks = f"isinya harus berupa {shape}" if shape != "bebas" else "kepala lain sudah dibaca demikian"
    return looks if any(v.strip() for v in values) else "kolomnya kosong"


def _still_unread(near: Sequence[Any], one: _Confirmed) -> str:
    reasons = [n for n in near if n.form.tabel == one.form.tabel or n.sama]
    said = f"dengan kata ini tabelnya tetap tidak terbaca sebagai {one.form.tabel}"
    if not reasons:
        return f"{said}; periksa kolom wajibnya dan apakah isinya berupa yang seharusnya"
    best = reasons[0]
    parts = [f"kurang: {', '.join(best.hilang)}"] if best.hilang else []
    parts += [f"lebih dari satu kepala: {', '.join(best.ganda)}"] if best.ganda else []
    parts += [f"sama cocoknya dengan {', '.join(best.sama)}"] if best.sama else []
    return f"{said} ({'; '.join(parts) or 'kepala lain membuatnya bentuk lain'})"


# --- kept --------------------------------------------------------------------------------------------
_ADDED_HEAD = """\
# Kata kepala yang ditegaskan kantor ini (lumbung accept USULAN); menambah layouts.yaml bawaan.
"""


def _put(path: Path, more: Mapping[str, Any]) -> None:
    """Add words to a ``tambahan.yaml``; those that stand there stay."""
    held = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    merged: dict[str, Any] = dict(held or {})
    for form, said in more.items():
        former = merged.get(form) or {}
        kolom = dict(former.get("kolom") or {})
        for name, wordings in said["kolom"].items():
            kolom[name] = list(dict.fromkeys([*kolom.get(name, []), *wordings]))
        unused = list(dict.fromkeys([*(former.get("tidak_dipakai") or []), *said["tidak_dipakai"]]))
        merged[form] = {"kolom": kolom, "tidak_dipakai": unused}
    written = yaml.safe_dump(merged, allow_unicode=True, sort_keys=False, width=110)
    put(path, (_ADDED_HEAD + written).encode())


def _said(said: Edited, added: Mapping[str, Any], skipped: int) -> str:
    parts = [
        f"{form}: {name} = {', '.join(repr(w) for w in wordings)}"
        for more in added.values()
        for form, one in more.items()
        for name, wordings in (*one["kolom"].items(), ("tidak dipakai", one["tidak_dipakai"]))
        if wordings
    ]
    places = ", ".join(f"raw/{source}/{ADDED}" for source in added)
    left = f"; {skipped} tabel yang belum ditegaskan dilewati" if skipped else ""
    told = "; ".join(parts) or "tidak ada kata baru"
    return f"kata kepala ({told}) di {places}{left}. Kirim ulang berkas datanya: {said.berkas}"
