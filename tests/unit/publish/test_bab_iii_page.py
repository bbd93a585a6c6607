"""The report as markup: scope and spans of headers, addresses of figures, no script but ours."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assets.publish.bab_iii import page
from assets.publish.bab_iii.blocks import Angka, Judul
from assets.publish.bab_iii.page_table import words
from tests.unit.publish import bab_iii_uji as uji


class Read(HTMLParser):
    """Tags with their attributes, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return page.page(uji.REPORT)


@pytest.fixture(scope="module")
def read(text: str) -> Read:
    return Read(text)


def test_every_bound_figure_carries_its_address(read: Read) -> None:
    carried = [a["data-asal"] for tag, a in read.tags if "data-asal" in a]
    bound = [str(f.alamat) for f in uji.REPORT.angka() if f.alamat]
    assert sorted(map(str, carried)) == sorted(bound)
    assert "serapan_program|kode_unit=630103;periode=2025;kode=1|pagu" in carried


def test_headers_have_scope_and_every_table_a_caption(read: Read) -> None:
    heads = read.all("th")
    assert all(h.get("scope") in ("col", "colgroup", "row", "rowgroup") for h in heads)
    assert [h.get("colspan") for h in heads if h["scope"] == "colgroup"] == ["2", "2"]
    assert [h.get("rowspan") for h in heads if h["scope"] == "rowgroup"] == ["2"]
    assert len(read.all("caption")) == len(read.all("table")) == 3


def test_words_stay_words(text: str, read: Read) -> None:
    assert "<b>Urusan</b>" not in text and "Penunjang <b>Urusan</b> & lainnya" in "".join(read.words)
    assert "Realisasi <Anggaran>" in "".join(read.words)


def test_withheld_and_old_figures_are_marked_with_their_reason(read: Read) -> None:
    marked = [a for a in read.all("span") if a.get("class") in ("ditahan", "basi")]
    assert [a["class"] for a in marked] == ["ditahan", "ditahan", "basi"]
    assert {a["title"] for a in marked} == {uji.REASON}


def test_nothing_is_fetched_and_only_our_script_runs(text: str, read: Read) -> None:
    policy = next(m["content"] for m in read.all("meta") if m.get("http-equiv"))
    assert policy and policy.startswith("default-src 'none'") and policy.count("sha256-") == 1
    assert not [a for _, a in read.tags if "src" in a]
    assert not re.search(r"""(?:href|src)=["']?(?:https?:)?//""", text)


def test_with_a_pack_figures_open(read: Read) -> None:
    opened = Read(page.page(uji.REPORT, {"teks": ["</script><script>alert(1)</script>"]}))
    buttons = [a for a in opened.all("button") if "data-asal" in a]
    assert len(buttons) == sum(1 for f in uji.REPORT.angka() if isinstance(f, Angka))
    policy = next(str(m["content"]) for m in opened.all("meta") if m.get("http-equiv"))
    assert policy.count("sha256-") == 2 and len(opened.all("script")) == 3


def test_figures_of_a_document_come_once_and_in_order() -> None:
    found = page.figures_of(uji.REPORT)
    assert (
        found == sorted(set(found))
        and ("serapan_program", "kode_unit=630103;periode=2025;kode=TOTAL", "pagu") in found
    )


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        page.write(uji.REPORT, tmp_path / "tidak" / "a.html")
    page.write(uji.REPORT, tmp_path / "a.html")
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_a_bracket_or_full_stop_stays_with_its_figure() -> None:
    one = replace(uji.of("1.00", "pagu"), alamat=None)
    said = ("naik (", one, "), lalu ", one, ".")
    held = '<span class="utuh">(1,00),</span>'
    assert words(said, opens=False) == f'naik {held} lalu <span class="utuh">1,00.</span>'
    assert words((one, one, "(", one), opens=False) == '1,001,00<span class="utuh">(1,00</span>'


def test_a_heading_lies_with_the_table_below_it() -> None:
    made = page.page(
        replace(uji.REPORT, blok=(Judul(2, "A"), Judul(3, "B"), uji.HELD, Judul(2, "C"), uji.SPANNED))
    )
    assert (
        '<h3 class="mendatar">A</h3>' in made
        and '<h4 class="mendatar">B</h4>' in made
        and "<h3>C</h3>" in made
    )
