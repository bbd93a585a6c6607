"""The evidence pack: whole as made, and no byte of it can change unnoticed."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from assets.publish.evidence.container import MANIFEST, SUMS, seal, verify

PARTS = {"BACA-SAYA.txt": b"baca\n", "1-berkas.json": b'[{"a": 1}]\n', "3-angka.json": b'{"ikm": "95.64"}\n'}
ABOUT = {"kode_unit": "630103", "periode": "2025", "jalan_id": "j1"}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "bukti.zip"
    path.write_bytes(seal(PARTS, ABOUT)[0])
    return path


def test_a_pack_is_whole_and_the_same_every_time(pack: Path) -> None:
    content, segel = seal(PARTS, ABOUT)
    proof = verify(pack, segel)
    assert proof.faults == () and proof.segel == segel and proof.bagian == 3
    assert dict(proof.tentang) == ABOUT
    assert seal(PARTS, ABOUT) == (content, segel)


def test_any_zip_tool_and_sha256sum_read_it(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        for line in archive.read(SUMS).decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_every_single_byte_is_proven(pack: Path) -> None:
    whole = pack.read_bytes()
    for at in range(len(whole)):
        pack.write_bytes(whole[:at] + bytes([whole[at] ^ 0x01]) + whole[at + 1 :])
        assert verify(pack).faults, f"byte {at} changed unnoticed"


@pytest.mark.parametrize("name", [*PARTS, MANIFEST])
def test_a_flipped_byte_names_its_part(pack: Path, name: str) -> None:
    whole = pack.read_bytes()
    with zipfile.ZipFile(pack) as archive:
        entry = archive.getinfo(name)
    at = entry.header_offset + 30 + len(name) + entry.file_size // 2
    pack.write_bytes(whole[:at] + bytes([whole[at] ^ 0x01]) + whole[at + 1 :])
    assert [f.bagian for f in verify(pack).faults] == [name]


def test_a_part_taken_out_added_or_sealed_anew_is_told(pack: Path) -> None:
    _, segel = seal(PARTS, ABOUT)
    pack.write_bytes(seal({**PARTS, "3-angka.json": b'{"ikm": "99.99"}\n'}, ABOUT)[0])
    assert verify(pack).faults == ()
    assert [f.bagian for f in verify(pack, segel).faults] == ["segel"]
    pack.write_bytes(seal(PARTS, {**ABOUT, "periode": "2024"})[0])
    assert [f.bagian for f in verify(pack, segel).faults] == ["segel"]
    pack.write_bytes(seal(PARTS, ABOUT)[0])
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("tambahan.txt", "x")
    assert [f.bagian for f in verify(pack).faults] == ["tambahan.txt"]


@pytest.mark.parametrize("content", [b"", b"PK", b"bukan zip sama sekali", seal(PARTS, ABOUT)[0][:-30]])
def test_what_is_no_pack_is_told_plainly(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    (fault,) = verify(path).faults
    assert fault.bagian == "(wadah)" and "rusak" in fault.sebab
