"""The hostile set: files that are broken, locked, something else, or made to hurt; each with its answer.

Bombs are scaled: their limits are those of ``SMALL``, under which every file here fits on a page of disk.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assets.readers.safety import Limits
from tests.hostile.wadah import (
    LINKS,
    MAIN,
    OFFICE,
    OLE,
    XML,
    compound,
    deflated,
    ods,
    ods_row,
    packed,
    page_bodies,
    pdf,
    raw_zip,
    repeated_part,
    rows_xml,
    ruled,
    sheet_xml,
    stream,
    xls,
    xls_records,
    xlsx,
    xlsx_parts,
)

KB = 1024
SMALL = Limits(
    file_bytes=3 * KB * KB,
    zip_entries=500,
    part_bytes=2 * KB * KB,
    total_bytes=3 * KB * KB,
    ratio_from_bytes=100 * KB,
    cells=3_000_000,
    columns=2_000,
    pages=50,
)

Make = Callable[[Path], object]
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
SST = f'<sst xmlns="{MAIN}"><si><t>%s</t></si></sst>'
SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


@dataclass(frozen=True)
class Case:
    """A file and its answer: the rule that refuses it and words of its reason; no rule where it is read.

    ``sebab`` of a file that is read are texts of its cells.
    """

    name: str
    make: Make
    aturan: str | None
    sebab: str = ""
    scaled: bool = False  # within the real limits it is a file like any other


def cut(make: Make, keep: float) -> Make:
    def made(path: Path) -> None:
        make(path)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * keep)])

    return made


def changed(make: Make, old: bytes, new: bytes) -> Make:
    def made(path: Path) -> None:
        make(path)
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new))

    return made


def plain(data: bytes | str) -> Make:
    return lambda path: path.write_bytes(data.encode() if isinstance(data, str) else data)


def with_part(name: str, data: bytes) -> Make:
    return lambda path: packed(path, xlsx_parts() | {name: data})


def bad_deflate(path: Path) -> None:
    name, data, size, checksum = deflated("xl/worksheets/sheet1.xml", b"<worksheet>" * 400)
    rest = [deflated(n, d) for n, d in xlsx_parts().items() if "sheet1" not in n]
    raw_zip(path, [*rest, (name, b"\xff" * 9 + data[9:], size, checksum)])


def bomb(part: str, block: bytes, times: int) -> Make:
    """One part of ``times`` blocks beside the parts of a workbook; its declared size is honest."""

    def made(path: Path) -> None:
        name, data, size = repeated_part(part, block, times)
        rest = [deflated(n, d) for n, d in xlsx_parts().items() if n != part]
        raw_zip(path, [*rest, (name, data, size, zlib.crc32(block * times))])

    return made


def lying(path: Path) -> None:
    """The sheet says 600 bytes; its checksum is that of the many more that follow."""
    sheet = sheet_xml(rows_xml([[i * 7919 % 10007] for i in range(900)])).encode()
    rest = [deflated(n, d) for n, d in xlsx_parts().items() if "sheet1" not in n]
    raw_zip(path, [*rest, deflated("xl/worksheets/sheet1.xml", sheet, 600, zlib.crc32(sheet))])


def overlapping(path: Path) -> None:
    """Many directory entries that lead to the same compressed bytes."""
    whole = packed(path, {"a": b"x" * 5000}).read_bytes()
    at, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entry, times = whole[at:end], 40
    tail = whole[end : end + 8] + bytes([times, 0, times, 0]) + (len(entry) * times).to_bytes(4, "little")
    path.write_bytes(whole[:at] + entry * times + tail + whole[end + 16 :])


def doubled(path: Path) -> None:
    parts = [deflated(n, d) for n, d in xlsx_parts().items()]
    raw_zip(path, [*parts, deflated("XL/worksheets/sheet1.xml", sheet_xml("").encode())])


def link_inside(path: Path) -> None:
    packed(path, xlsx_parts())
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("xl/media/gambar1.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")


def sheet_elsewhere(path: Path) -> None:
    """The sheet's part is called a picture, so that nobody looks into it for a DOCTYPE."""
    parts = xlsx_parts()
    sheet = parts.pop("xl/worksheets/sheet1.xml").replace(XML.encode(), (XML + LAUGHS + "]>").encode())
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"worksheets/sheet1.xml", b"media/gambar.svg")
    packed(path, parts | {"xl/media/gambar.svg": sheet})


def unknown_letters(path: Path) -> None:
    """The content names an encoding that does not exist."""
    ods(path, ods_row(["a"]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    packed(path, parts | {"content.xml": parts["content.xml"].replace(b"UTF-8", b"UTF-9", 1)})


def locked_pdf(path: Path) -> None:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"3f" * 32 + b"> /U <" + b"a1" * 32 + b"> >>"
    )
    pdf(path, page_bodies([ruled([["Kode", "Nama"]])]), lock + b" /ID [<00> <00>]")


def circular_pages(path: Path) -> None:
    pdf(path, [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>"])


def many_pages(path: Path) -> None:
    """A hundred thousand pages in five levels, each node of them one object that is named ten times over."""
    kids = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(5):
        below = f"{level + 3} 0 R ".encode() * 10
        kids.append(b"<< /Type /Pages /Kids [" + below + b"] /Count %d >>" % 10 ** (5 - level))
    kids.append(b"<< /Type /Page /Parent 6 0 R /MediaBox [0 0 10 10] >>")
    pdf(path, kids)


def active_pdf(path: Path) -> None:
    """Script, launch of a program, embedded file: none is touched; the table is read."""
    opened = (
        b"/OpenAction << /S /JavaScript /JS (this.submitForm\\('http://127.0.0.1:9/'\\);) >> "
        b"/AA << /WC << /S /Launch /F (/bin/sh) >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a.exe) << /F (a.exe) /EF << /F 3 0 R >> >>] >> >>"
    )
    pdf(path, page_bodies([ruled([["Kode", "Nama"], ["1", "satu"]])], opened))


REPEATED = "<table:table-row><table:table-cell %s><text:p>1</text:p></table:table-cell></table:table-row>"
BILLION = 'office:value-type="percentage" office:value="1" table:number-columns-repeated="1000000000"'
HIDDEN = '<table:table-row table:visibility="collapse" table:number-rows-repeated="2000000000">'
LOCK = '<m:file-entry m:full-path="content.xml"><m:encryption-data m:checksum="x"/></m:file-entry>'
XML_2003 = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
MACRO = xlsx_parts() | {"xl/vbaProject.bin": OLE + b"Auto_Open Shell calc" * 30}
CALC = (
    '<row r="1"><c r="A1"><f>cmd|&apos;/C calc&apos;!A0</f><v>42</v></c>'
    '<c r="B1" t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>hasil</v></c></row>'
)


def leading_out(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{LINKS}">{link}</Relationships>'.encode()


OUTSIDE = {
    "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'.encode(),
    "xl/externalLinks/_rels/externalLink1.xml.rels": leading_out("externalLinkPath", "file:///etc/passwd"),
    "xl/worksheets/_rels/sheet1.xml.rels": leading_out("hyperlink", r"\\127.0.0.1\rahasia"),
}
HEADER = "Kode;Nama;Jumlah\n"

XLSX = [
    Case("terpotong.xlsx", cut(xlsx, 0.6), "berkas_rusak", "zip"),
    Case("sampah.xlsx", plain(b"PK\x03\x04" + bytes(range(256)) * 9), "berkas_rusak", "zip"),
    Case("kosong.xlsx", plain(b""), "berkas_kosong", "0 byte"),
    Case("kempis rusak.xlsx", bad_deflate, "berkas_rusak", "zip"),
    Case(
        "xml terpotong.xlsx",
        lambda p: xlsx(p, sheet_xml(SHARED)[:-30], SST % "a"),
        "berkas_rusak",
        "tidak terbaca",
    ),
    Case("tanpa teks bersama.xlsx", lambda p: xlsx(p, sheet_xml(SHARED)), "berkas_rusak", "tidak terbaca"),
    Case(
        "tanpa sandi huruf.xlsx",
        lambda p: xlsx(p, sheet_xml("").replace("UTF-8", "UTF-99")),
        "berkas_rusak",
        "tidak terbaca",
    ),
    Case(
        "tawa di teks bersama.xlsx",
        lambda p: xlsx(p, sheet_xml(SHARED), LAUGHS + "]>" + SST % "&i;"),
        "berkas_berbahaya",
        "DOCTYPE",
    ),
    Case(
        "tawa di sel.xlsx",
        lambda p: xlsx(p, sheet_xml('<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', LAUGHS + "]>")),
        "berkas_berbahaya",
        "DOCTYPE",
    ),
    Case(
        "entitas luar.xlsx",
        lambda p: xlsx(
            p, sheet_xml(SHARED), '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SST % "&x;"
        ),
        "berkas_berbahaya",
        "DOCTYPE",
    ),
    Case(
        "doctype utf-16.xlsx",
        lambda p: xlsx(p, sheet_xml("", LAUGHS + "]>").replace("UTF-8", "UTF-16").encode("utf-16")),
        "berkas_berbahaya",
        "DOCTYPE",
    ),
    Case(
        "doctype sifat.xlsx",
        with_part("docProps/core.xml", b"<?xml version='1.0'?><!DOCTYPE c><c/>"),
        "berkas_berbahaya",
        "docProps/core.xml",
    ),
    Case("lembar bernama gambar.xlsx", sheet_elsewhere, "berkas_berbahaya", "lembar"),
    Case(
        "sel di ujung.xlsx",
        lambda p: xlsx(
            p,
            sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ),
        ),
        "berkas_terlalu_besar",
        "Data",
    ),
    Case(
        "baris terakhir.xlsx",
        lambda p: xlsx(p, sheet_xml('<row r="1048576"><c r="T1048576"><v>1</v></c></row>')),
        "berkas_terlalu_besar",
        "1048576 baris",
        scaled=True,
    ),
    Case(
        "bom spasi.xlsx",
        bomb("xl/worksheets/sheet1.xml", b" " * 32 * KB, 20),
        "berkas_berbahaya",
        "mengembang",
        scaled=True,
    ),
    Case(
        "bom teks bersama.xlsx",
        bomb("xl/sharedStrings.xml", b"<si><t>x</t></si>" * 2_000, 20),
        "berkas_berbahaya",
        "mengembang",
        scaled=True,
    ),
    Case(
        "bom baris.xlsx",
        bomb("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * 1_500, 20),
        "berkas_berbahaya",
        "mengembang",
        scaled=True,
    ),
    Case(
        "bom besar.xlsx",
        bomb("xl/media/a.png", b"\0" * KB, 2_500),
        "berkas_terlalu_besar",
        "xl/media/a.png",
        scaled=True,
    ),
    Case("ukuran palsu.xlsx", lying, "berkas_rusak", "tercatat 600"),
    Case(
        "banyak bagian.xlsx",
        lambda p: packed(p, {f"{i}": b"" for i in range(501)}),
        "berkas_berbahaya",
        "501 bagian",
        scaled=True,
    ),
    Case("saling tindih.xlsx", overlapping, "berkas_berbahaya", "menindih"),
    Case(
        "zip dalam zip.xlsx",
        lambda p: packed(
            p, {"a.zip": packed(p, {"b.zip": packed(p, {"c": b"x"}).read_bytes()}).read_bytes()}
        ),
        "berkas_bukan_tabel",
        "arsip ZIP",
    ),
    Case("jalan keluar.xlsx", with_part("../../../tmp/jahat", b"x"), "berkas_berbahaya", "menunjuk ke luar"),
    Case("jalan mutlak.xlsx", with_part("/etc/cron.d/jahat", b"x"), "berkas_berbahaya", "menunjuk ke luar"),
    Case(
        "jalan windows.xlsx",
        with_part("C:\\Windows\\jahat.dll", b"x"),
        "berkas_berbahaya",
        "menunjuk ke luar",
    ),
    Case("tautan di dalam.xlsx", link_inside, "berkas_berbahaya", "tautan"),
    Case("bagian ganda.xlsx", doubled, "berkas_berbahaya", "bernama sama"),
    Case("tersandi.xlsx", plain(compound(b"\0" * 64, "EncryptedPackage")), "berkas_terkunci", "sandi"),
    Case("makro.xlsm", lambda p: packed(p, MACRO), None, "satu"),
    Case("rumus keluar.xlsx", lambda p: xlsx(p, sheet_xml(CALC), **OUTSIDE), None, "42 hasil"),
]

WORKBOOKS = [
    Case("tersandi.xls", lambda p: xls(p, [["a"]], locked=True), "berkas_terkunci", "sandi"),
    Case(
        "makro.xls",
        lambda p: xls(p, [["Kode", "Nama"], ["1", "satu"]], beside="_VBA_PROJECT_CUR"),
        None,
        "satu",
    ),
    Case("terpotong.xls", cut(lambda p: xls(p, [["a", 1.0]] * 200), 0.5), "berkas_rusak"),
    Case(
        "lingkaran.xls",
        changed(lambda p: xls(p, [["a", 1.0]] * 200), b"\x04\0\0\0\x05\0\0\0", b"\x04\0\0\0\x03\0\0\0"),
        "berkas_rusak",
    ),
    Case("tanpa isi.xls", plain(compound(xls_records([])[:40])), "berkas_kosong", "lembar"),
    Case(
        "kolom semilyar.ods",
        lambda p: ods(p, REPEATED % BILLION),
        "berkas_terlalu_besar",
        "Data",
    ),
    Case(
        "baris semilyar.ods",
        lambda p: ods(
            p,
            '<table:table-row table:visibility="collapse" table:number-rows-repeated="1000000000">'
            + ods_row(["a", 1]).split(">", 1)[1],
        ),
        "berkas_terlalu_besar",
        "Data",
    ),
    Case(
        "baris kosong tersembunyi.ods",
        lambda p: ods(p, ods_row(["Kode", "Nama"]) + HIDDEN + "<table:table-cell/></table:table-row>"),
        None,
        "Nama",
    ),
    Case(
        "tersandi.ods",
        lambda p: ods(p, "", manifest=LOCK),
        "berkas_terkunci",
        "sandi",
    ),
    Case("tanpa sandi huruf.ods", unknown_letters, "berkas_rusak", "tidak terbaca"),
    Case(
        "entitas.ods", lambda p: ods(p, ods_row(["&i;"]), before=LAUGHS + "]>"), "berkas_berbahaya", "DOCTYPE"
    ),
    Case(
        "ulang huruf.ods",
        lambda p: ods(
            p,
            ods_row(["a"]).replace(
                "<table:table-cell", '<table:table-cell table:number-columns-repeated="banyak"'
            ),
        ),
        "berkas_rusak",
        "tidak terbaca",
    ),
]

TEXT = [
    Case("bita nol.csv", plain(HEADER + "1;a\0b;3\n"), "berkas_bukan_tabel", "biner"),
    Case("dua ratus ribu kolom.csv", plain("1;" * 200_000 + "\n"), "berkas_terlalu_besar", "200000 kolom"),
    Case(
        "satu sel raksasa.csv",
        plain(HEADER + "1;" + "x" * 1_000_000 + ";3\n"),
        "berkas_terlalu_besar",
        "satu sel",
    ),
    Case("satu baris raksasa.csv", plain(HEADER + "1;x;" * 50_000), "berkas_terlalu_besar", "kolom"),
    Case(
        "terlalu besar.csv",
        plain(HEADER + "1;desa;2\n" * 400_000),
        "berkas_terlalu_besar",
        "ukuran berkas",
        scaled=True,
    ),
    Case(
        "dua sandi huruf.csv",
        plain(HEADER.encode() + "1;désa;2\n".encode() + "2;désa;3\n".encode("cp1252")),
        None,
        "désa",
    ),
    Case("hanya cr.csv", plain("Kode;Nama\r1;satu\r2;dua\r"), None, "satu dua"),
    Case(
        "kutip tak ditutup.csv",
        plain(HEADER + '1;"satu;2\n' + "".join(f"{i};desa;{i}\n" for i in range(200))),
        None,
        '"satu desa 199',
    ),
    Case(
        "rumus.csv",
        plain(
            "Kode;Nama\n=cmd|' /C calc'!A0;+1\n@SUM(1);-2\n=HYPERLINK(\"file:///etc/passwd\");\\\\127.0.0.1\\a\n"
        ),
        None,
        "=cmd|' /C calc'!A0 +1 @SUM(1) -2",
    ),
    Case("dalam.json", plain('{"a":' * 5_000 + "1" + "}" * 5_000), "berkas_berbahaya", "bersarang"),
    Case("larik dalam.json", plain("[" * 100_000 + "]" * 100_000), "berkas_berbahaya", "bersarang"),
    Case("terpotong.json", plain('[{"desa": "satu", "skor": 1}, {"desa": "du'), "berkas_rusak", "JSON"),
    Case("kunci ganda.json", plain('[{"skor": 1, "skor": 2}]'), "berkas_rusak", "dua kali"),
    Case(
        "angka raksasa.json",
        plain('[{"desa": "a", "skor": 1e999999999}, {"desa": "b", "skor": ' + "9" * 5000 + "}]"),
        None,
        "1e999999999",
    ),
    Case(
        "kunci banyak.json",
        plain("[{" + ",".join(f'"k{i}": 1' for i in range(3_000)) + "}]"),
        "berkas_terlalu_besar",
        "kunci",
        scaled=True,
    ),
]

OTHERS = [
    Case(
        "halaman.xls",
        plain("<html><table><tr><td>Kode</td></tr></table></html>"),
        "berkas_bukan_tabel",
        "HTML",
    ),
    Case(
        "lama.xls",
        plain(XML + XML_2003),
        "berkas_bukan_tabel",
        "XML Excel 2003",
    ),
    Case("surat.doc", plain(r"{\rtf1\ansi Laporan}"), "berkas_bukan_tabel", "RTF"),
    Case(
        "arsip.xlsx",
        lambda p: packed(p, {"laporan.xlsx": b"x", "foto.jpg": b"y"}),
        "berkas_bukan_tabel",
        "arsip ZIP",
    ),
    Case("surat.docx", lambda p: packed(p, {"word/document.xml": b"<a/>"}), "berkas_bukan_tabel", "Word"),
    Case(
        "paparan.pptx",
        lambda p: packed(p, {"ppt/presentation.xml": b"<a/>"}),
        "berkas_bukan_tabel",
        "PowerPoint",
    ),
    Case("gambar.png", plain(b"\x89PNG\r\n\x1a\n" + b"\0" * 90), "berkas_bukan_tabel", "PNG"),
    Case("program.exe", plain(b"MZ\x90\0" + b"\0" * 90), "berkas_bukan_tabel", "EXE"),
    Case("program.csv", plain(b"\x7fELF\x02\x01\x01" + b"\0" * 90), "berkas_bukan_tabel", "program"),
    Case("acak.xlsx", plain(bytes((i * 167 + 13) % 256 for i in range(5000))), "berkas_bukan_tabel", "biner"),
]

PDF = [
    Case("terkunci.pdf", locked_pdf, "berkas_terkunci", "sandi"),
    Case(
        "terpotong.pdf",
        cut(lambda p: pdf(p, page_bodies([ruled([["Kode", "Nama"]])])), 0.2),
        "berkas_rusak",
        "PDF",
    ),
    Case("sampah.pdf", plain(b"%PDF-1.7\n" + b"\xde\xad" * 900), "berkas_rusak", "PDF"),
    Case("halaman melingkar.pdf", circular_pages, "berkas_rusak", "PDF"),
    Case("seratus ribu halaman.pdf", many_pages, "berkas_terlalu_besar", "halaman"),
    Case("skrip.pdf", active_pdf, None, "Kode satu"),
    Case("gambar saja.pdf", lambda p: pdf(p, page_bodies([b"0 0 100 100 re f"])), "pdf_tanpa_teks", "1"),
    Case(
        "objek meledak.pdf",
        lambda p: pdf(
            p,
            [
                *page_bodies([ruled([["Kode", "Nama"], ["1", "satu"]])]),
                stream(b"0 " * 500_000, b"/Type /ObjStm /N 200000 /First 400000 "),
            ],
        ),
        None,
        "satu",
    ),
]

CASES = [*XLSX, *WORKBOOKS, *TEXT, *OTHERS, *PDF]
