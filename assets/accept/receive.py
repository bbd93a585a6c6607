"""Takes files in: by their bytes, recognised by their content, written to the ledger, never twice.

Nothing that is offered is lost: what is not recognised or cannot be read is kept under ``raw/tak_dikenal``.
One bad file never stops the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.accept import konfigurasi, stored
from assets.accept.ledger import append
from assets.accept.lock import locked
from assets.accept.telling import Received, message, tables
from assets.accept.waiting import is_marked, is_whole
from assets.readers import ledger, private, reading, templat, vocabulary
from assets.readers.grid import Book
from assets.readers.guarded import open_guarded
from assets.readers.ledger import Entry, reason_of
from assets.readers.pdf.ocr import open_with_pictures
from assets.readers.reading import FileRead
from assets.readers.safety import Refused, cause, check_largest
from assets.readers.standing import StandingFile, sha256, standing
from quality.finding import Finding
from quality.rule import RuleBook
from warehouse.regions import Regions
from warehouse.values.numbers import Unreadable
from warehouse.values.periods import Period

PERINTAH, INBOX = "perintah", "kotak masuk"
_UNIT = re.compile(r"^\d{2}\.?\d{2}(?:\.?\d{2})?$")


_MARKED = (
    "{}: salinan bertanda dari lumbung check, tidak diambil. Yang dimasukkan ialah berkas aslinya; bila"
    " salinan ini yang Anda perbaiki, simpan dengan nama lain."
)

Opened = Callable[[Path, Book, FileRead], None]


class WrongFlag(ValueError):
    """A flag names no unit, period, source or file; the message is Indonesian."""


class NoSuchFile(WrongFlag):
    """No received file has that hash."""


@dataclass(frozen=True)
class Flags:
    """What the officer or the folder says of a file."""

    unit: str | None = None
    periode: str | None = None
    sumber: str | None = None
    tegas: bool = False
    unit_folder: str | None = None
    periode_folder: str | None = None
    ocr: bool = False

    @property
    def said(self) -> bool:
        """Whether an officer said anything."""
        return bool(self.unit or self.periode or self.sumber or self.tegas)

    @property
    def facts(self) -> dict[str, object]:
        """As the ledger keeps them."""
        names = ("unit", "periode", "sumber", "unit_folder", "periode_folder")
        return {
            **{n: getattr(self, n) for n in names},
            "tegas": self.tegas or None,
            "ocr": self.ocr or None,
        }


def receive(
    paths: Sequence[Path],
    home: Path,
    context_regions: Regions,
    *,
    unit: str | None = None,
    period: str | None = None,
    source: str | None = None,
    tegaskan: bool = False,
    replace: str | None = None,
    reason: str | None = None,
    ocr: bool = False,
    opened: Opened | None = None,
) -> list[Received]:
    """Take in files and folders (walked).

    Args:
        paths: files and folders.
        home: where ``raw/`` lies.
        context_regions: names and codes of regions.
        unit: code of the kecamatan, or 4 digits of its kabupaten.
        period: ``2025``, ``2025-TW1``, ``2025-S1``.
        source: read only as this source.
        tegaskan: unit and period count even where the content says otherwise.
        replace: hash (or its beginning) of a file that the new ones replace whatever they hold.
        reason: why, for ``replace``.
        ocr: scanned pages of PDFs are read by tesseract; what rests on them waits unless it is proven.
        opened: called with every file that was opened and what was read in it, before it is kept.

    Returns:
        What became of each file, in the order given.

    Raises:
        NoSuchFile: ``replace`` names no received file.
        WrongFlag: ``unit``, ``period`` or ``source`` is none.
    """
    unit = _unit_code(unit, context_regions)
    flags = Flags(unit, _period_key(period), _source_name(source, home), tegaskan, ocr=ocr)
    offered = [(p, flags) for p in walk(paths)]
    with locked(home):
        replaced = _find(home, replace).berkas_id if replace else None
        return _Reception(home, context_regions, PERINTAH, opened).take(offered, replaced, reason)


def receive_inbox(home: Path, context_regions: Regions) -> list[Received]:
    """Take in what lies in ``HOME/raw/inbox``; every file leaves it, unknown ones to ``raw/tak_dikenal``.

    Copies that a check marked stay and are answered: what is in them was in the file they were made of.

    ``inbox/<kode_unit>/<periode>/`` (either may be left out) says unit and period of the files in it.
    """
    inbox = home / "raw" / "inbox"
    if not inbox.is_dir():
        return []
    with locked(home):
        offered = [(p, _folder_flags(p.relative_to(inbox).parts[:-1])) for p in walk([inbox]) if p != inbox]
        before = [stored.state(p) for p, _ in offered]
        received = _Reception(home, context_regions, INBOX).take(offered, None, None)
        for (path, _), state, one in zip(offered, before, received, strict=True):
            # What was not kept, or was written to meanwhile, stays for the next time.
            if one.tersimpan and stored.state(path) == state:
                stored.take_out(path, inbox)
    marked = (p for p in sorted(inbox.rglob("*")) if is_marked(p))
    return received + [
        Received(n, None, "salinan", pesan=_MARKED.format(n)) for n in (p.name for p in marked)
    ]


def withdraw(home: Path, berkas_id: str, reason: str) -> str:
    """Take a wrong file out of force; its bytes and its line stay.

    Returns:
        The file's name.

    Raises:
        NoSuchFile: no received file has that hash, or it is a list that was merged with others.
    """
    with locked(home):
        entry = _find(home, berkas_id)
        if entry.status == ledger.KONFIGURASI and not konfigurasi.take_out(home, entry.berkas_id):
            raise NoSuchFile(
                f"isi {entry.nama} sudah digabung atau diganti; kirim yang baru, atau sunting"
                " raw/konfigurasi (usulan: raw/SUMBER/tambahan.yaml)"
            )
        append(home, ledger.DITARIK, entry.berkas_id, alasan=reason)
    return entry.nama


def _find(home: Path, begins: str) -> Entry:
    found = [e for e in ledger.entries(home).values() if e.berkas_id.startswith(begins.lower())]
    if len(begins) < 6 or not found:
        raise NoSuchFile(
            f"tidak ada berkas dengan pengenal {begins!r}; lihat pengenalnya dengan lumbung files"
        )
    if len(found) > 1:
        raise NoSuchFile(f"{begins!r} cocok dengan {len(found)} berkas; tulis lebih panjang")
    return found[0]


def _unit_code(unit: str | None, regions: Regions) -> str | None:
    if unit is None:
        return None
    kode = unit.replace(".", "").strip()
    if not re.fullmatch(r"\d{4}|\d{6}", kode):
        raise WrongFlag(f"unit {unit!r}: tulis kode kecamatan (6 angka) atau kabupaten (4 angka)")
    if not (regions.kecamatan(kode) or regions.kabupaten(kode)):
        raise WrongFlag(f"unit {unit!r}: kode itu tidak ada dalam daftar wilayah")
    return kode


def _period_key(period: str | None) -> str | None:
    try:
        return None if period is None else str(Period.parse(period))
    except Unreadable as wrong:
        raise WrongFlag(str(wrong)) from wrong


def _source_name(source: str | None, home: Path) -> str | None:
    known = {f.sumber for f in vocabulary.load(home / "raw").forms}
    if source is not None and source not in known:
        raise WrongFlag(f"sumber {source!r} tidak ada; yang ada: {', '.join(sorted(known))}")
    return source


def _folder_flags(parts: Sequence[str]) -> Flags:
    unit = period = None
    for part in parts:
        try:
            period = str(Period.parse(part))
        except Unreadable:
            unit = part.replace(".", "") if _UNIT.match(part) else unit
    return Flags(unit_folder=unit, periode_folder=period)


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """All files offered; a folder without one is offered itself, so that it is answered."""
    for path in paths:
        if not _is_there(path.is_dir):
            yield path
            continue
        inside = (p for p in sorted(path.rglob("*")) if p.is_symlink() or not _is_there(p.is_dir))
        ready = [p for p in inside if is_whole(p, path)]
        yield from ready or [path]


def _is_there(asked: Callable[[], object]) -> bool:
    """``is_dir`` or ``lstat``; a name that no file system takes is not there."""
    try:
        return bool(asked())
    except (OSError, ValueError):
        return False


class _Reception:
    """One batch of files."""

    def __init__(self, home: Path, regions: Regions, asal: str, opened: Opened | None = None) -> None:
        self._home, self._regions, self._asal = home, regions, asal
        self._opened = opened
        self._known = ledger.entries(home)
        self._entered: set[str] = set()
        self._load_words()

    def _load_words(self) -> None:
        self._words = vocabulary.load(self._home / "raw")
        self._versi = reading.program_version(self._home)

    def take(
        self, offered: Sequence[tuple[Path, Flags]], replaces: str | None, reason: str | None
    ) -> list[Received]:
        """Take the files in the order given."""
        made: dict[int, Received] = {}
        waiting: list[tuple[int, Path, str, Flags]] = []
        hashes: set[str] = set()
        for i, (path, flags) in enumerate(offered):
            try:
                now = self._at_once(path, flags, hashes, replaces, reason)
            except stored.Changed:
                now = _not_opened(path, None, "isinya berubah selagi disalin")
            if isinstance(now, Received):
                made[i] = now
            else:
                waiting.append((i, path, now, flags))
                hashes.add(now)
        # The same path may be offered twice; the reader answers in the order asked.
        unopened = [path for _, path, _, _ in waiting]
        pictures = any(flags.ocr for *_, flags in waiting)
        opened = open_with_pictures(unopened) if pictures else open_guarded(unopened)
        for (i, path, berkas_id, flags), (_, book) in zip(waiting, opened, strict=True):
            try:
                made[i] = self._recognise(path, book, berkas_id, flags, replaces, reason)
            except stored.Changed:
                made[i] = _not_opened(path, berkas_id, "isinya berubah selagi disalin")
        self._tell(made.values())
        return [made[i] for i in range(len(offered))]

    # --- without opening -------------------------------------------------------------------------
    def _at_once(
        self, path: Path, flags: Flags, hashes: set[str], replaces: str | None, reason: str | None
    ) -> Received | str:
        """What can be said without opening the file; else its hash."""
        name = private.file_name(path.name)
        if _is_there(path.is_dir) and not path.is_symlink():
            return Received(name, None, "hilang", pesan=f"{name}: folder ini tidak memuat berkas")
        if not _is_there(path.lstat):
            return Received(name, None, "hilang")
        try:
            if why := stored.obstacle(path):
                return _not_opened(path, None, why, "bukan_berkas")
            check_largest(path)
            berkas_id = sha256(path)
        except Refused as too_large:
            return _too_large(path, too_large)
        except OSError as closed:
            return _not_opened(path, None, cause(closed))
        if path.suffix.lower() in konfigurasi.ENDINGS:
            return self._configure(path, name, berkas_id)
        entry = self._entry(berkas_id)
        if berkas_id in hashes:
            return Received(
                name, berkas_id, "sudah_ada", findings=[Finding("berkas_sama", berkas_id=berkas_id)]
            )
        if entry is not None and entry.berlaku:
            return self._again(name, entry, flags, replaces, reason)
        return berkas_id

    def _again(
        self, name: str, entry: Entry, flags: Flags, replaces: str | None, reason: str | None
    ) -> Received | str:
        """The same bytes: nothing new, unless the officer now says more of them."""
        if (flags.sumber and flags.sumber != entry.sumber) or (flags.ocr and not entry.ocr):
            return entry.berkas_id
        facts = {k: v for k, v in flags.facts.items() if v is not None and v != getattr(entry, k, None)}
        if facts or flags.said:
            append(self._home, ledger.DITEGASKAN, entry.berkas_id, **{**flags.facts, **facts})
        self._replace(replaces, entry.berkas_id, reason)
        return Received(name, entry.berkas_id, "sudah_ada")

    def _replace(self, replaces: str | None, by: str, reason: str | None) -> None:
        if replaces and replaces != by:
            append(self._home, ledger.DIGANTIKAN, replaces, oleh=by, alasan=reason or "")

    def _configure(self, path: Path, name: str, berkas_id: str) -> Received:
        try:
            taken_as = konfigurasi.take(self._home, path)
        except konfigurasi.KonfigurasiSalah as wrong:
            told = Finding(wrong.aturan, berkas_id=berkas_id, isi={"sebab": str(wrong)})
            if isinstance(wrong, konfigurasi.UsulanDitolak):
                # It is mended where it lies; each attempt, if kept, would be told by every run.
                return Received(name, berkas_id, "konfigurasi_salah", findings=[told], tersimpan=False)
            self._keep_unknown(path, berkas_id, Flags(), ledger.DITOLAK, [told])
            return Received(name, berkas_id, "konfigurasi_salah", findings=[told])
        self._load_words()
        known = self._entry(berkas_id)
        if known is None or known.status != ledger.KONFIGURASI or known.ditarik is not None:
            where = stored.store(self._home, path, berkas_id, "konfigurasi/files")
            self._enter(path, berkas_id, ledger.KONFIGURASI, where, Flags())
        received = Received(name, berkas_id, "konfigurasi")
        received.pesan = f"{name}: diterima sebagai {taken_as}"
        return received

    # --- opened ----------------------------------------------------------------------------------
    def _recognise(
        self, path: Path, book: Book, berkas_id: str, flags: Flags, replaces: str | None, reason: str | None
    ) -> Received:
        name = private.file_name(path.name)
        found, rows = reading.read_any(book, berkas_id, self._words.only(flags.sumber))
        if self._opened is not None:
            self._opened(path, book, found)
        if found.ditolak is not None:
            rule, facts = found.ditolak
            told = Finding(rule, berkas_id=berkas_id, isi=dict(facts), akibat=_refusing(rule))
            self._keep_unknown(path, berkas_id, flags, ledger.DITOLAK, [told])
            others = [f for f in found.findings if f.aturan != rule]
            return Received(name, berkas_id, "ditolak", findings=[told, *others])
        if not found.tables:
            why = _why_unknown(found, berkas_id)
            why += templat.Templates(self._home, self._words).outdated(berkas_id, found.templat)
            self._keep_unknown(path, berkas_id, flags, ledger.TIDAK_DIKENAL, why)
            return Received(name, berkas_id, "tidak_dikenal", findings=why)
        where = stored.store(self._home, path, berkas_id, f"{found.sumber}/files")
        reading.keep(self._home, found, rows, flags.sumber, self._versi)
        self._enter(path, berkas_id, ledger.DIPAKAI, where, flags)
        self._replace(replaces, berkas_id, reason)
        return Received(name, berkas_id, "diterima", findings=list(found.findings))

    def _keep_unknown(
        self, path: Path, berkas_id: str, flags: Flags, status: str, why: Sequence[Finding]
    ) -> None:
        """Keep the bytes and the reason, which every run tells until the file is withdrawn or recognised."""
        known = self._entry(berkas_id)
        if known is not None and known.status == status and known.ditarik is None:
            return
        where = stored.store(self._home, path, berkas_id, "tak_dikenal")
        self._enter(path, berkas_id, status, where, flags, [reason_of(f) for f in why])

    def _enter(
        self,
        path: Path,
        berkas_id: str,
        status: str,
        where: str,
        flags: Flags,
        why: list[dict[str, object]] | None = None,
    ) -> None:
        former = self._entry(berkas_id)
        append(
            self._home,
            ledger.DITERIMA,
            berkas_id,
            nama=private.file_name(path.name),
            ukuran=stored.size(self._home, where),
            asal=self._asal,
            status=status,
            tempat=where,
            sebab=why,
            **flags.facts,
        )
        if former is not None and former.tempat != where:
            stored.discard(self._home, former.tempat)
        self._entered.add(berkas_id)

    def _entry(self, berkas_id: str) -> Entry | None:
        """What the ledger says of a file; read again only where this batch has written about it."""
        if berkas_id in self._entered:
            self._known = ledger.entries(self._home)
            self._entered.clear()
        return self._known.get(berkas_id)

    # --- told ------------------------------------------------------------------------------------
    def _tell(self, made: Iterable[Received]) -> None:
        """Complete what is said of each file: its context, its edition, the sentences for the officer."""
        received = list(made)
        now: dict[str, StandingFile] = {}
        if any(r.status in ("diterima", "sudah_ada") for r in received):
            now = {f.entry.berkas_id: f for f in standing(self._home, self._regions)}
        book = RuleBook.load(self._home / "quality" / "rules")
        for one in received:
            file = now.get(one.berkas_id or "")
            if file is not None:
                one.tabel = tables(file)
                one.findings += [f for t in file.tables for f in t.found.findings] + file.findings
            if not one.pesan:
                one.pesan = message(one, self._regions, book)


def _too_large(path: Path, refused: Refused) -> Received:
    """Beyond the limit a file is neither hashed nor copied: it stays where it is."""
    told = Finding(refused.aturan, isi={**refused.facts, "berkas": private.file_name(path.name)})
    return Received(private.file_name(path.name), None, "ditolak", findings=[told], tersimpan=False)


def _not_opened(
    path: Path, berkas_id: str | None, sebab: str, aturan: str = "berkas_tidak_terbuka"
) -> Received:
    name = private.file_name(path.name)
    told = Finding(aturan, berkas_id=berkas_id, isi={"sebab": sebab, "nama": name})
    return Received(name, berkas_id, "ditolak", findings=[told], tersimpan=False)


def _refusing(rule: str) -> str | None:
    return "tolak" if rule in ("pdf_tanpa_teks", "pdf_halaman_berat") else None


def _why_unknown(found: FileRead, berkas_id: str) -> list[Finding]:
    """Why nothing was recognised: the nearest form of a sheet if there is one, else how the file begins."""
    nearest = [f for f in found.findings if f.aturan.startswith(("tata_letak", "tabel_tanpa_kepala"))]
    if nearest:
        return [f for f in found.findings if f.aturan != "lembar_tanpa_tabel"]
    first = next((f.isi["contoh"] for f in found.findings if f.aturan == "lembar_tanpa_tabel"), "-")
    rest = [f for f in found.findings if f.aturan != "lembar_tanpa_tabel"]
    return [Finding("berkas_tanpa_tabel", berkas_id=berkas_id, isi={"contoh": first}), *rest]
