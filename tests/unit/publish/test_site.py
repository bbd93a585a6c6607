"""What stands on the pages of the site, and that nobody meets half of it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assets.publish.open_data import small_cells
from assets.publish.site import build, comparison, office, overview, pictures, villages, wording
from assets.publish.site.completeness import kelengkapan, kewajiban
from assets.publish.site.material import Bahan
from assets.publish.validation import words
from quality.rule import RuleBook
from tests.unit.publish import situs_uji as uji

TEMPLATES = Path(build.__file__).parent / "templates"


@pytest.fixture(scope="module")
def bahan() -> Bahan:
    return uji.bahan()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return uji.situs(tmp_path_factory.mktemp("situs"))


def line(bahan: Bahan, unit: str, year: str = "2025") -> overview.Ikhtisar:
    return next(r for r in overview.semua(bahan) if (r.unit, r.tahun) == (unit, year))


def page(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_the_overview_has_a_line_for_each_year_of_a_reporting_unit(bahan: Bahan) -> None:
    found = [(r.unit, r.tahun, r.terakhir) for r in overview.semua(bahan)]
    others = [(u, "2025", True) for u in (uji.BASI, uji.SATU, uji.KECIL, uji.DITAHAN)]
    assert found == [(uji.UTUH, "2025", True), (uji.UTUH, "2024", False), *others]


def test_a_line_says_what_the_tables_hold(bahan: Bahan) -> None:
    found = line(bahan, uji.UTUH)
    assert found.capaian is not None and found.capaian.nilai == 98
    assert found.serapan is not None and found.serapan.nilai == 90 and found.sampai == ""
    assert (found.rumus, found.efisiensi and found.efisiensi.nilai) == ("E", 5)
    assert (found.tercapai, found.iku) == (0, 1)
    assert line(bahan, uji.DITAHAN).lampu == "ditahan" and line(bahan, uji.DITAHAN).ditahan == 1
    assert line(bahan, uji.BASI).lampu == "perbaiki" and line(bahan, uji.BASI).basi == 1


def test_peers_owe_nothing_and_are_not_judged(bahan: Bahan) -> None:
    assert bahan.pembanding == [uji.TETANGGA]
    (other,) = overview.lainnya(bahan)
    assert (other.desa, other.status["BERKEMBANG"]) == (1, 1)


def test_a_missing_file_is_read_back_from_its_finding(bahan: Bahan) -> None:
    owed = {w["sumber"]: w["ada"] for w in kelengkapan(bahan, uji.UTUH, "2025")}
    assert owed == {
        "perjanjian_kinerja": True, "dpa": True, "realisasi": True, "skm": True, "layanan": False
    }  # fmt: skip
    assert all(w["ada"] for w in kelengkapan(bahan, uji.SATU, "2025"))
    assert kelengkapan(bahan, uji.SATU, "2023") == []


def test_the_rule_says_the_names_that_are_read_back() -> None:
    assert "{daftar}" in next(r for r in RuleBook.load() if r.id == "berkas_belum_ada").pesan
    names = [w["nama"] for w in kewajiban()]
    assert [(a, b) for a in names for b in names if a != b and a in b] == []


def test_those_nearest_to_the_next_status_come_first(bahan: Bahan) -> None:
    found = office.desa([r for r in bahan.of("status_desa", uji.UTUH) if r["tahun"] == 2025])
    assert found is not None and [r["desa"] for r in found.baris] == [uji.JAHAT, "BUMI JAYA", "TELAGA"]
    assert found.hitung == [("MANDIRI", 1), ("BERKEMBANG", 2)]


def test_the_tree_of_programmes_keeps_levels(bahan: Bahan) -> None:
    found = office.pohon_program(bahan.of("serapan_program", uji.UTUH))
    assert [(p.dalam, p.induk, p.beranak) for p in found] == [
        (0, "", True), (1, "TOTAL", True), (2, "7.01.01", True), (3, "7.01.01.2.01", False)
    ]  # fmt: skip


def test_accounts_stand_below_those_they_are_part_of() -> None:
    found = office.pohon_rekening([{"kode": c} for c in ("5.1", "5", "5.1.02.01", "5.2")])
    assert [(p.baris["kode"], p.induk) for p in found] == [
        ("5", ""), ("5.1", "5"), ("5.1.02.01", "5.1"), ("5.2", "5")
    ]  # fmt: skip


def test_what_is_not_comparable_has_no_rank_and_says_why(bahan: Bahan) -> None:
    (found,) = comparison.semua(bahan)
    (year,) = found.tahun
    assert [r["nama"] for r in year.berperingkat] == ["Takisung", "Pelaihari", uji.JAHAT]
    assert [r["alasan_banding"] for r in year.lain] == ["tahun tidak tertulis"]
    assert found.halaman == "banding/kab-6301/ikm.html"


def test_a_village_is_told_where_it_has_most_room(bahan: Bahan) -> None:
    found = {d.nama: d for d in villages.desa_desa(bahan, uji.UTUH)}
    latest, earlier = found["BUMI JAYA"].tahun
    assert [(p.kolom, p.ruang) for p in latest.angkat[:2]] == [("layanan_dasar", 70), ("ekonomi", 70)]
    assert [(p.kolom, p.ruang) for p in earlier.angkat[:1]] == [("ike", Decimal("0.4"))]
    assert found["TELAGA"].tahun[0].angkat == [], "the highest status has no next"


def test_a_trend_breaks_where_the_measure_changes(bahan: Bahan) -> None:
    rows = sorted(bahan.of("tren_iku", uji.UTUH), key=lambda r: r["tahun"])
    found = pictures.tren("IKM", rows, wording.kata("id"))
    assert found is not None and list(found.label) == ["2022", "2023", "2024", "2025"]
    actual = [list(s.nilai) for s in found.seri if s.rupa == "realisasi"]
    assert actual == [[80, None, 91, None], [None, None, None, 89]]
    assert pictures.tren("IKM", bahan.of("tren_iku", uji.SATU), wording.kata("id")) is None


def ways_back(site: Path, unit: str) -> list[str]:
    """Table and period or year of each row whose way back the site offers."""
    text = page(site, f"asal/{unit}.js")
    pack = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    said, parts = pack["teks"], pack["tabel"]
    named = []
    for name, values, *_ in pack["baris"]:
        key = dict(zip(parts[said[name]]["kunci"], (said[v] for v in values), strict=True))
        named.append(f"{said[name]} {key.get('periode') or key['tahun']}")
    return named


def test_figures_of_few_respondents_stay_in_the_office(bahan: Bahan, site: Path) -> None:
    assert [r["ikm"] for r in bahan.of("ikm", uji.KECIL)] == [None]
    # Of its figures only the change after next rests on no survey of few.
    assert ways_back(site, uji.KECIL) == ["tren_iku 2027"]
    assert "ikm 2025" in ways_back(site, uji.UTUH)
    assert "kurang dari 5 responden" in page(site, f"unit/{uji.KECIL}.html")


def test_what_a_respondent_wrote_stands_nowhere(site: Path) -> None:
    assert small_cells.WHY_CELL in page(site, f"asal/{uji.UTUH}.js"), "the finding is told without it"
    telling = [p for p in site.rglob("*.*") if p.is_file() and uji.JAWABAN in p.read_text(encoding="utf-8")]
    assert telling == []


# --- the pages ---------------------------------------------------------------------------------------


class Links(HTMLParser):
    """What a page refers to, and what it must not hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.refers: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.refers += [v for name in ("href", "src", "data-asal-dari") if (v := said.get(name))]
        self.inline += [name for name in said if name.startswith("on")]
        if tag == "script" and "src" not in said:
            self.inline.append("script")


def test_every_reference_leads_to_a_file_beside_and_nothing_leaves(site: Path) -> None:
    lost = []
    for path in sorted(site.rglob("*.html")):
        found = Links(path.read_text(encoding="utf-8"))
        assert found.inline == [], path
        for address in found.refers:
            target, _, _ = address.partition("#")
            outside = "laporan/" in target or "terbit/" in target or target.endswith("dcat.jsonld")
            if target and target != "data:," and not outside and not (path.parent / target).is_file():
                lost.append((path.name, address))
    assert lost == []


def test_names_are_text(site: Path) -> None:
    for name in ("index.html", f"unit/{uji.UTUH}.html", f"desa/{uji.UTUH}.html", "banding/kab-6301/ikm.html"):
        said = page(site, name)
        assert "<script>alert" not in said and "&lt;script&gt;alert" in said, name


def test_every_page_stands_in_both_languages(site: Path) -> None:
    own = {p.relative_to(site) for p in site.rglob("*.html") if p.relative_to(site).parts[0] != "en"}
    assert own == {p.relative_to(site / "en") for p in (site / "en").rglob("*.html")} and len(own) > 10
    assert '<html lang="en">' in page(site, "en/index.html") and "109" not in page(site, "en/index.html")
    assert "98,00 %" in page(site, "en/index.html"), "numbers stay Indonesian"


def test_a_withheld_figure_is_not_shown_and_a_stale_one_is_marked(site: Path) -> None:
    held = page(site, f"unit/{uji.DITAHAN}.html")
    assert "✗ ditahan" in held and "jumlah_program: Kalimat 1." in held
    assert "88,00 ▲ basi" in page(site, f"unit/{uji.BASI}.html")
    told = page(site, f"unit/{uji.UTUH}.html")
    assert "bila bobot tiap unsur sepersembilan tanpa pembulatan, nilainya 90,10" in told
    assert "skm_bobot=" not in told


def test_an_empty_publication_says_what_to_do(tmp_path: Path) -> None:
    site = uji.situs(tmp_path, {})
    assert "lumbung accept" in page(site, "index.html") and not (site / "unit").exists()
    assert "Belum ada angka" in page(site, "banding/index.html")


# --- words -------------------------------------------------------------------------------------------


def test_words_are_said_once_and_all_of_them_are_used() -> None:
    mine = wording.own()
    assert set(mine) & set(words.words("id")) == set()
    sources = "".join(
        p.read_text(encoding="utf-8")
        for p in (*TEMPLATES.glob("*.html"), *Path(build.__file__).parent.glob("*.py"))
    )
    named = set(re.findall(r"\b\w+\b", sources))
    made = ("m_", "d_", "asal_", "arti_l_", "tabel_")  # put together from what a table or list holds
    assert [w for w in mine if w not in named and not w.startswith(made)] == []
    assert [
        w for w, (a, b) in mine.items() if set(re.findall(r"{\w+}", a)) != set(re.findall(r"{\w+}", b))
    ] == []


# --- the swap ----------------------------------------------------------------------------------------


def test_pages_of_a_unit_that_is_gone_vanish(tmp_path: Path) -> None:
    site = uji.situs(tmp_path)
    assert (site / "unit" / f"{uji.SATU}.html").exists()
    fewer = {n: [r for r in rows if r.get("kode_unit") != uji.SATU] for n, rows in uji.said().items()}
    uji.situs(tmp_path, fewer)
    assert not (site / "unit" / f"{uji.SATU}.html").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_fault_half_way_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = uji.situs(tmp_path)
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}

    def broken(*_: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr(build, "_rules", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        uji.situs(tmp_path)
    assert {p: p.read_bytes() for p in site.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_swap_that_fails_puts_the_old_folder_back(tmp_path: Path) -> None:
    old = tmp_path / "site"
    old.mkdir()
    (old / "index.html").write_text("lama", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        build.swap(tmp_path / "tidak-ada", old)
    assert (old / "index.html").read_text(encoding="utf-8") == "lama"


def test_the_same_publication_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = uji.situs(tmp_path)
    mine, theirs = (
        {p.relative_to(s): p.read_bytes() for p in s.rglob("*") if p.is_file()} for s in (site, again)
    )
    assert mine == theirs
