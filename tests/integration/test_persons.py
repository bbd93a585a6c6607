"""Persons stay in the received bytes: planted in every kind of file and place, found in nothing that is made.

Every planted text is another one, so that a leak names the place it came from. All of them are invented.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.comments import Comment

from pipelines import cli
from tests.conftest import Outcome, lumbung
from tests.hostile.wadah import ods, ods_row, page_bodies, pdf, ruled, xls

pytestmark = pytest.mark.integration
PLACE = "KECAMATAN PELAIHARI KABUPATEN TANAH LAUT"


class Plants:
    """Texts of persons, each with the place where it was put."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}

    def _put(self, text: str, where: str, *more: str) -> str:
        for form in (text, *more):
            assert form not in self.where
            self.where[form] = where
        return text

    def nik(self, where: str, groups: str = "") -> str:
        """A NIK or KK number, in the given grouping; its date is 30 February."""
        n = len(self.where)
        whole = f"6301017002{n % 90 + 10}{n:04d}"
        shown = {
            "": whole,
            " ": f"{whole[:4]} {whole[4:8]} {whole[8:12]} {whole[12:]}",
            ".": f"{whole[:2]}.{whole[2:4]}.{whole[4:6]}.{whole[6:12]}.{whole[12:]}",
            "-": f"{whole[:6]}-{whole[6:12]}-{whole[12:]}",
        }[groups]
        return self._put(shown, where, *([whole] if groups else []))

    def phone(self, where: str, form: str = "08{0}-{1}-{2}") -> str:
        n = len(self.where)
        parts = ("12", f"77{n:02d}", f"45{n:02d}")
        compact = "".join(parts)
        text = form.format(*parts)
        return self._put(text, where, *([compact] if compact not in text else []))

    def mail(self, where: str) -> str:
        return self._put(f"orang{len(self.where)}.rahasia@contoh.go.id", where)

    def name(self, where: str) -> str:
        """A name that only its column or label makes one."""
        return self._put(
            f"RAHASIA{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[len(self.where) % 26]}{len(self.where)} BIN UJI", where
        )

    def nip(self, where: str) -> str:
        n = len(self.where)
        return self._put(f"19800230 200501 1 {n:03d}", where, f"198002302005011{n:03d}")

    def npwp(self, where: str) -> str:
        return self._put(f"01.234.5{len(self.where):02d}.8-731.000", where)

    def account(self, where: str) -> str:
        return self._put(f"0123-01-0123{len(self.where):02d}-50-1", where)


def survey(path: Path, p: Plants) -> None:
    """Answers with columns, suggestions, titles, comments, properties and sheets that tell of persons."""
    book = Workbook()
    sheet = book.active
    sheet.title = p.phone("survey: sheet name", "SKM 08{0}{1}{2}")
    sheet.append([f"SKM {PLACE} TRIWULAN I TAHUN 2025 hubungi {p.phone('survey: title')}"])
    sheet.append([f"Petugas: {p.name('survey: label in title')} NIK {p.nik('survey: title', ' ')}"])
    head = ["No", "Nama Responden", "NIK", "No KK", "HP", "Surel", *(f"U{n}" for n in range(1, 10)), "Saran"]
    sheet.append([*head, f"Keterangan {p.mail('survey: header')}"])
    for n in range(30):
        row = [
            n + 1,
            f"RESPONDEN UJI {n}",
            int("6301017002850001"),
            "6301-0170-0285-0002",
            81234567890,
            "a@b.id",
        ]
        saran = (
            f"kurang cepat, hubungi {p.phone('survey: suggestion', '+62 {0} {1} {2}')}" if n == 3 else "baik"
        )
        sheet.append([*row, *[4] * 8, p.name("survey: answer") if n == 7 else 3, saran, "-"])
    sheet["B5"].value = p.name("survey: column of names")
    sheet["C5"].value = int(p.nik("survey: NIK as a number"))
    sheet["D5"].value = p.nik("survey: KK", "-")
    sheet["E5"].value = p.phone("survey: column of telephones", "62{0}{1}{2}")
    sheet["F5"].value = p.mail("survey: column of addresses")
    sheet["H6"].value = p.phone("survey: telephone in an answer")
    sheet["B6"].comment = Comment(
        f"titipan {p.phone('survey: comment')}", p.name("survey: author of a comment")
    )
    sheet.append([None, p.name("survey: row without answers"), p.nik("survey: row without answers")])
    sheet.append([])
    sheet.append([None, p.name("survey: signature")])
    sheet.append([None, f"NIP. {p.nip('survey: signature')}"])
    sheet.oddFooter.center.text = f"Dicetak {p.phone('survey: footer of print')}"
    book.properties.creator = p.name("survey: author")
    hidden = book.create_sheet("Daftar Hadir")
    hidden.sheet_state = "hidden"
    hidden.append(["Nama", "NIK", "Alamat"])
    for n in range(5):
        hidden.append(
            [p.name(f"survey: hidden sheet {n}"), p.nik(f"survey: hidden sheet {n}", "."), "Jl. Uji"]
        )
    book.save(path)


def grants(path: Path, p: Plants) -> None:
    """Names of recipients with numbers behind them; numbers of persons where amounts stand."""
    lines = [
        f"PENYALURAN HIBAH {PLACE} TAHUN 2025",
        f"Contact person: {p.phone('grants: title', '(08{0}) {1} {2}')}",
    ]
    lines += ["", "NAMA ORMAS;JUMLAH HIBAH;KETERANGAN"]
    lines += [f"KELOMPOK TANI MAJU ({p.phone('grants: recipient', '08{0} {1} {2}')});Rp 68.000.000;"]
    lines += [f"MASJID AL IKHLAS No. Rek. {p.account('grants: bank account')};Rp 82.000.000;"]
    lines += [f"ZAPIN NPWP {p.npwp('grants: NPWP')};Rp 94.000.000;{p.mail('grants: foreign column')}"]
    lines += [
        f"KARANG TARUNA;{p.nik('grants: NIK as amount')};",
        f"REMAJA;{p.phone('grants: phone as amount')};",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")


def services(path: Path, p: Plants) -> None:
    rows: list[list[str | int]] = [[f"REALISASI PELAYANAN KANTOR {PLACE} TAHUN 2025"], []]
    rows += [["No", "Jenis Pelayanan", "Jumlah pelayanan", "Keterangan"]]
    rows += [
        [1, f"Surat Usaha a.n. {p.nik('services: kind', ' ')}", 3, f"Seksi {p.phone('services: section')}"]
    ]
    rows += [
        [2, "Surat Nikah", p.nip("services: NIP as a count"), "-"],
        [3, "Surat Waris", 5, p.mail("services: note")],
    ]
    ods(path, "".join(map(ods_row, rows)), name=p.phone("services: sheet name", "WA 08{0}{1}{2}"))


def accounts(path: Path, p: Plants) -> None:
    """An old workbook: an account with a person in its text, a signature below."""
    rows: list[list[str | int]] = [[f"LAPORAN REALISASI ANGGARAN {PLACE} PER 31 DESEMBER 2025"], []]
    rows += [["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"]]
    rows += [
        ["5", "BELANJA", 1000, 900, 90],
        ["5.1", f"BELANJA OPERASI {p.phone('accounts: text')}", 1000, 900, 90],
    ]
    rows += [["5.1.02", f"Honor a.n. NIK {p.nik('accounts: text', '-')}", 1000, 900, 90], []]
    rows += [
        ["", f"Bendahara: {p.name('accounts: label')}", "", "", ""],
        ["", f"NIP {p.nip('accounts: signature')}"],
    ]
    xls(path, rows)


def printed(path: Path, p: Plants) -> None:
    """A page with a table, a person in a cell, and one at its foot."""
    rows = [
        ["Nama Penerima Hibah", "Jumlah"],
        [f"MAJELIS {p.phone('print: cell', '08{0}{1}{2}')}", "Rp 60.000.000"],
    ]
    foot = f"Dicetak oleh: {p.name('print: footer')} {p.phone('print: footer')} NIP {p.nip('print: footer')}"
    title = f"BT /F 9 Tf 30 780 Td (PENYALURAN HIBAH {PLACE} TAHUN 2024) Tj ET\n"
    drawn = f"{title}BT /F 7 Tf 30 20 Td ({foot}) Tj ET\n".encode() + ruled(
        [*rows, ["SANGGAR UJI", "Rp 5.000.000"]], wide=220
    )
    pdf(path, page_bodies([drawn]))


def answered(path: Path, p: Plants) -> None:
    """JSON of an unknown kind, persons in keys and values."""
    people = [{"nama": p.name(f"json: value {n}"), "kontak": p.phone(f"json: value {n}")} for n in range(2)]
    path.write_text(json.dumps({f"daftar {p.mail('json: key')}": people, "desa": p.nik("json: string", ".")}))


def unknown(path: Path, p: Plants) -> None:
    """No table that anybody knows, persons from its first line on."""
    first = p.phone("unknown: first line", "+62-8{0}-{1}-{2}")
    lines = [f"Daftar hadir, hubungi {first};{p.mail('unknown: first line')}"]
    lines += [f"{p.name(f'unknown: row {n}')};{p.nik(f'unknown: row {n}')}" for n in range(2)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def locked(path: Path, p: Plants) -> None:
    """A workbook whose broken parts carry the name of a person, which parsers quote."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"xl/{p.phone('broken: name of a part', '08{0}{1}{2}')}.xml", "<a")
        archive.writestr("xl/workbook.xml", f"<workbook><{p.name('broken: tag').split()[0]}></workbook>")


FILES: tuple[tuple[str, Callable[[Path, Plants], None]], ...] = (
    ("SKM {phone}.xlsx", survey),
    ("hibah {mail}.csv", grants),
    ("layanan {nik}.ods", services),
    ("lra.xls", accounts),
    ("hibah lama.pdf", printed),
    ("kontak.json", answered),
    ("daftar {phone}.csv", unknown),
    ("rusak.xlsx", locked),
)


@dataclass
class Job:
    """One run of everything that makes something of the files."""

    home: Path
    sent: Path
    plants: Plants
    said: dict[str, Outcome] = field(default_factory=dict)


def done(home: Path, sent: Path) -> Job:
    """Plant, then let every command make what it makes; those that only show run in this process."""
    p = Plants()
    for pattern, make in FILES:
        said = {"phone": p.phone, "mail": p.mail, "nik": p.nik}
        name = pattern.format(
            **{k: f(f"name of {pattern}") for k, f in said.items() if f"{{{k}}}" in pattern}
        )
        make(sent / name, p)
    made = Job(home, sent, p)
    out = home / "keluaran"
    out.mkdir()
    for words in (("accept", str(sent)), ("check", str(sent), "--to", str(out / "periksa")), ("run",)):
        made.said[words[0]] = lumbung(home, *words)
    layanan = ("why", "layanan", "kode_unit=630103", "periode=2025")
    for words in (
        ("findings",),
        *(("findings", "--format", f, "--to", str(out / f"temuan.{f}")) for f in ("json", "xlsx", "html")),
        ("files",),
        ("diff",),
        (*layanan, "kode_layanan=surat-waris"),
        (*layanan, "kode_layanan=surat-usaha-a-n-disamarkan"),
    ):
        shown = CliRunner().invoke(cli.lumbung, ["--home", str(home), *words], standalone_mode=False)
        assert shown.exception is None or isinstance(shown.exception, SystemExit), (words, shown.exception)
        made.said[" ".join(words)] = Outcome(shown.exit_code, shown.output, "")
    return made


def read_as(job: Job) -> None:
    """The files were really read, and figures came of them."""
    assert len(job.plants.where) > 60
    assert {name: o.code for name, o in job.said.items() if o.code not in (0, 2, 3)} == {}
    tables = (
        "skm_jawaban, 3",
        "hibah_daftar, 5",
        "layanan_volume, 3",
        "realisasi_rekening, 3",
        "hibah_daftar, 2",
    )
    assert [t for t in tables if t not in job.said["accept"].out] == []
    assert all("[disamarkan]" in job.said[c].out for c in ("accept", "check", "files", "findings"))
    with duckdb.connect(str(job.home / "warehouse" / "lumbung.duckdb"), read_only=True) as con:
        assert con.sql("SELECT count(*) FROM layanan").fetchall()[0][0] >= 2


def test_no_output_holds_a_person(tmp_path: Path) -> None:
    """Every file under the home but the received bytes: names, contents, what is packed inside."""
    (home := tmp_path / "rumah").mkdir()
    (sent := tmp_path / "kiriman").mkdir()
    job = done(home, sent)
    read_as(job)
    texts = {f"said by {name}": (o.out + o.err).encode() for name, o in job.said.items()}
    for path in (p for p in job.home.rglob("*") if p.is_file()):
        where = str(path.relative_to(job.home))
        texts[f"path {where}"] = where.encode()
        if not _is_received(path.relative_to(job.home)):
            texts.update(_contents(path, where))
    assert sum(1 for name in texts if name.endswith(".parquet")) > 20
    for made in (
        "temuan.json",
        "temuan.xlsx",
        "temuan.html",
        "lumbung.duckdb",
        "diperiksa.html",
        "berkas.jsonl",
    ):
        assert any(made in name and not name.startswith("path ") for name in texts), made
    planted = {text.encode(): where for text, where in job.plants.where.items()}
    leaks = {(name, where) for name, held in texts.items() for text, where in planted.items() if text in held}
    assert not leaks, "\n".join(f"{name}: {where}" for name, where in sorted(leaks))


def _is_received(path: Path) -> bool:
    """The bytes as they came, and the officer's own workbook with its marks (contract 7.7)."""
    parts = path.parts
    own = parts[:2] == ("keluaran", "periksa") and path.suffix in (".xlsx", ".xls", ".ods", ".csv", ".pdf")
    return own or (parts[0] == "raw" and ("files" in parts or "tak_dikenal" in parts))


def _contents(path: Path, where: str) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield where, data
    if path.suffix == ".parquet":
        table = pq.ParquetFile(path).read()
        yield where, f"{table.schema} {table.to_pylist()}".encode()
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as con:
            for (name,) in con.sql("SELECT table_name FROM information_schema.tables").fetchall():
                yield f"{where}: {name}", str(con.sql(f'SELECT * FROM "{name}"').fetchall()).encode()
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield f"{where}: {name}", name.encode() + archive.read(name)
