"""What the documents say can be typed, followed and trusted: commands, links, targets, generated pages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from docs import generate
from pipelines.cli import lumbung

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "raw" / "README.md",
        ROOT / "examples" / "README.md",
        ROOT / "tests" / "golden" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
)
FENCE = re.compile(r"^ *(`{3,})(\w*)[^\n]*\n(.*?)^ *\1 *$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# How each system calls the program; a prompt may stand before it.
CALLED = re.compile(
    r"^\s*(?:\$ |> )?(?:uv run )?(?:\.venv/bin/|\.venv\\Scripts\\)?lumbung(?:\.exe)?(?=\s|$)(.*)", re.DOTALL
)
MAKE = re.compile(r"(?:^|&& )make((?: [a-z][\w-]*)+)")
ELLIPSIS = "…"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def typed(text: str) -> Iterator[tuple[str, bool]]:
    """Everything that stands as code, with whether it is a line to be typed whole (not a mere mention)."""
    for block in FENCE.finditer(text):
        for line in block.group(3).replace("\\\n", " ").splitlines():
            yield line, True
    for span in INLINE.finditer(FENCE.sub("", text)):
        yield span.group(1), False


def commands(text: str) -> Iterator[tuple[str, bool]]:
    """Arguments of every ``lumbung ...`` in the text, without what comments or pipes add to it."""
    for code, whole in typed(text):
        if called := CALLED.match(code):
            yield called.group(1).strip(), whole


def words_of(said: str) -> list[str]:
    """The arguments; what follows a comment, a redirection or an ellipsis is not typed."""
    words = shlex.split(said, comments=True)
    for stop in (ELLIPSIS, "||", "&&", "|", ">", ">>"):
        if stop in words:
            words = words[: words.index(stop)]
    return words


def parse(said: str, whole: bool) -> None:
    """Parse as click would before it runs anything; a mention may leave out what the reader knows.

    Raises:
        click.UsageError: an unknown command, option or value; or, in a whole line, something missing.
    """
    context = click.Context(lumbung, info_name="lumbung")
    _, rest, _ = lumbung.make_parser(context).parse_args(words_of(said))
    if not rest:
        return
    name, command, arguments = lumbung.resolve_command(context, rest)
    assert command is not None
    if {"-h", "--help"} & set(arguments):
        return
    try:
        command.make_context(name, arguments, parent=context).close()
    except click.MissingParameter:
        if whole:
            raise
    except click.BadOptionUsage as fault:
        if whole or "requires an argument" not in fault.message:
            raise


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_is_one_that_can_be_typed(page: Path) -> None:
    for said, whole in commands(text_of(page)):
        try:
            parse(said, whole)
        except (click.UsageError, ValueError) as fault:
            pytest.fail(f"{page.name}: lumbung {said}: {getattr(fault, 'message', fault)}")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", text_of(page))):
        path = unquote(target.partition("#")[0])
        if "://" not in target and not target.startswith("mailto:") and path:
            assert (page.parent / path).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_target_exists(page: Path) -> None:
    named = {
        t for code, _ in typed(text_of(page)) for found in MAKE.findall(code.strip()) for t in found.split()
    }
    assert named <= targets(), f"{page.name} names {sorted(named - targets())}"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))


# Pages that a measurement wrote: of real files that are not here, of one machine's speed, of a run of the
# examples (tests/golden/test_buku_besar.py and test_bab_iii.py hold those), of errors planted at random.
MEASURED = ("berkas-nyata.md", "kecepatan.md", "temuan-laporan.md", "bab-iii.md", "mutasi.md")
KEPT_BY_HAND = ("perubahan-view.md",)  # tests/unit/test_view_contract.py holds it to the contract


def test_the_generated_pages_say_what_the_code_says() -> None:
    made = generate.pages()
    kept = {p.name: text_of(p) for p in generate.TARGET.glob("*.*") if p.name not in MEASURED + KEPT_BY_HAND}
    assert kept.keys() == made.keys(), "run: make docs"
    for name, text in made.items():
        assert kept[name] == text, f"docs/reference/{name} is out of date; run: make docs"


def test_the_documents_of_the_product_hold_commands() -> None:
    told = {str(p.relative_to(ROOT)): len(list(commands(text_of(p)))) for p in PAGES}
    assert told["README.md"] > 5 and told["docs/panduan-petugas.md"] > 10


@pytest.mark.parametrize(
    "said",
    [
        "ron",
        "findings --bentuk html",
        "findings --format pdf",
        "run --period",
        "accept",
        "withdraw abc",
        "template lkj --to x.xlsx",
        "--rumah x run",
    ],
)
def test_a_planted_fault_is_seen(said: str) -> None:
    with pytest.raises(click.UsageError):
        parse(said, whole=True)


def test_what_counts_as_a_command() -> None:
    text = (
        "Jalankan `lumbung run`, bukan `lumbungan`.\n```sh\n$ .venv/bin/lumbung accept a \\\n  b  # dua\n"
        "uv run lumbung --home D run | more\nTerbitan: lumbung\n```\n`make docs` dan `cmake x`\n"
    )
    found = [(words_of(said), whole) for said, whole in commands(text)]
    assert found == [(["accept", "a", "b"], True), (["--home", "D", "run"], True), (["run"], False)]
    assert [t for c, _ in typed(text) for t in MAKE.findall(c)] == [" docs"]
