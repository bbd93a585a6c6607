"""Limits before parsing: what each hostile container is refused for."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assets.readers.safety import LIMITS, Limits, Refused, check_cells, check_size, check_zip


def zipped(path: Path, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path, limits: Limits = LIMITS) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as caught:
        check_zip(path, limits)
    return caught.value.aturan, caught.value.facts


def test_a_whole_container_within_limits_passes(tmp_path: Path) -> None:
    check_zip(zipped(tmp_path / "a.zip", {"a.xml": b"<a>" + b"x" * 5000 + b"</a>", "b.bin": b"\x00" * 500}))


def test_file_of_no_bytes_is_empty_and_a_large_one_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    with pytest.raises(Refused) as caught:
        check_size(path)
    assert caught.value.aturan == "berkas_kosong"
    path.write_bytes(b"x" * 1001)
    with pytest.raises(Refused) as caught:
        check_size(path, Limits(file_bytes=1000))
    assert caught.value.aturan == "berkas_terlalu_besar"
    assert caught.value.facts == {"bagian": "ukuran berkas", "ukuran": "1001 byte", "batas": "1000 byte"}
    check_size(path, Limits(file_bytes=1001))


def test_bomb_is_refused_by_its_ratio_but_a_small_well_compressed_part_is_not(tmp_path: Path) -> None:
    limits = Limits(ratio_from_bytes=100_000)
    aturan, facts = refusal(zipped(tmp_path / "bom.zip", {"xl/a.xml": b" " * 200_000}), limits)
    assert aturan == "berkas_berbahaya"
    assert "xl/a.xml" in facts["sebab"]
    check_zip(zipped(tmp_path / "kecil.zip", {"xl/a.xml": b" " * 99_000}), limits)


def test_part_and_total_limits_count_separately(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a": b"x" * 600, "b": b"x" * 600})
    assert refusal(path, Limits(part_bytes=500))[1]["bagian"] == "bagian a"
    assert refusal(path, Limits(total_bytes=1000))[1]["bagian"] == "isi berkas setelah dibuka"
    check_zip(path, Limits(part_bytes=600, total_bytes=1200))


def test_declared_size_that_lies_is_found_by_the_real_bytes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": b"y" * 50_000})
    data = bytearray(path.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    for at in (data.find(b"PK\x03\x04") + 22, central + 24):  # uncompressed size, local and central
        data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    assert refusal(path)[0] == "berkas_rusak"  # the checksum of ten bytes is not that of fifty thousand


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{i}": b"" for i in range(12)})
    assert refusal(path, Limits(zip_entries=11)) == (
        "berkas_berbahaya",
        {"sebab": "berkas memuat 12 bagian; batas 11"},
    )
    check_zip(path, Limits(zip_entries=12))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, 1024 * 1024 - 5])  # at the start, and across the edge of two chunks
def test_document_type_declaration_is_refused(tmp_path: Path, encoding: str, before: int) -> None:
    pad = " " * (before // len(" ".encode(encoding)))
    xml = (pad + '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>').encode(encoding)
    parts = {"xl/worksheets/sheet1.xml": xml}
    aturan, facts = refusal(zipped(tmp_path / "a.zip", parts, zipfile.ZIP_STORED))
    assert aturan == "berkas_berbahaya"
    assert "DOCTYPE" in facts["sebab"]


def test_the_word_doctype_in_a_part_that_is_no_xml_is_nothing(tmp_path: Path) -> None:
    check_zip(zipped(tmp_path / "a.zip", {"xl/media/a.png": b"<!DOCTYPE html>"}))


def test_truncated_and_garbled_containers_are_broken(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", {"a.xml": bytes(range(256)) * 40}).read_bytes()
    path = tmp_path / "b.zip"
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path)[0] == "berkas_rusak"
    garbled = bytearray(whole)
    garbled[60:80] = b"\xff" * 20
    path.write_bytes(garbled)
    assert refusal(path)[0] == "berkas_rusak"


def test_container_with_a_password_is_locked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": b"<a/>"})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(path)[0] == "berkas_terkunci"


def test_bounding_box_limit_is_inclusive() -> None:
    check_cells(100, 10, "A", Limits(cells=1000))
    with pytest.raises(Refused) as caught:
        check_cells(1001, 1, "A", Limits(cells=1000))
    assert caught.value.aturan == "berkas_terlalu_besar"
    assert caught.value.facts["bagian"] == "lembar A terentang 1001 baris x 1 kolom"
