"""Data goes one way, and so do imports; one door to each heavy library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("warehouse", "quality", "assets", "pipelines")  # each may import those before it
STAGES = ("accept", "extract", "clean", "marts", "publish")
DOORS = {
    "great_expectations": {"quality/judge.py"},
    "dagster": {f"pipelines/{name}.py" for name in ("definitions", "graph", "layers", "periods", "run")},
    "python_calamine": {"assets/readers/workbook.py"},
    "pypdfium2": {f"assets/readers/pdf/{name}.py" for name in ("pages", "rules", "table", "words")},
    "vl_convert": {"assets/publish/charts/draw.py"},
    "PIL": {"assets/publish/charts/draw.py"},
    "docx": {f"assets/publish/bab_iii/word/{name}.py" for name in
             ("bound", "markup", "office", "package", "picture", "refreshing", "rereading", "sections")},
}  # fmt: skip


def imports_of(path: Path) -> set[str]:
    """Every module the file imports, wherever in it, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def reaches(module: Path, forbidden: tuple[str, ...]) -> set[str]:
    return {i for i in imports_of(module) if any(i == f or i.startswith(f + ".") for f in forbidden)}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_it_stands_on(floor: str) -> None:
    above = FLOORS[FLOORS.index(floor) + 1 :]
    assert modules(floor)
    for module in modules(floor):
        assert not reaches(module, above), f"{module.relative_to(ROOT)} reaches up"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_never_reaches_into_another(stage: str) -> None:
    others = tuple(f"assets.{s}" for s in STAGES if s != stage)
    for module in modules(f"assets/{stage}"):
        assert not reaches(module, others), f"{module.relative_to(ROOT)} reaches into another stage"


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_one_door(library: str) -> None:
    users = {str(m.relative_to(ROOT)) for floor in FLOORS for m in modules(floor) if reaches(m, (library,))}
    assert users <= DOORS[library], f"{library} is also imported by {sorted(users - DOORS[library])}"


def test_the_test_would_notice(tmp_path: Path) -> None:
    reaching = tmp_path / "module.py"
    reaching.write_text("from assets.clean.idm import clean\nimport dagster as dg\n")
    assert reaches(reaching, ("assets.clean",)) and reaches(reaching, ("dagster",))
    assert not reaches(reaching, ("assets.cleaner",))


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "misc", "common"}
    assert not [m for floor in FLOORS for m in modules(floor) if m.stem in drawers]
