"""The dictionary of the stable views, from their contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warehouse.view_contract import Contract


def markdown(made: str, contract: Contract) -> str:
    """One table a view; ``made`` says at the top how the page came to be."""
    said = [
        made,
        "# Kamus pandangan\n",
        f"Kontrak versi {contract['versi']}, sidik `{contract['sidik']}`:",
        "`warehouse/views/kontrak.json` bagi mesin, [perubahan-view.md](perubahan-view.md) bagi manusia.",
        "Kolom hanya bertambah; yang akan merusak pembaca menjadi `v2_*`. Arti yang sama tertulis dalam",
        "`lumbung.duckdb` sebagai komentar pandangan dan kolom.\n",
    ]
    for name, view in contract["pandangan"].items():
        said += [f"\n## {name}\n", _since(view)]
        said += _columns(view)
    for name, macro in contract["makro"].items():
        said += [f"\n## {name}({', '.join(macro['argumen'])})\n", _since(macro)]
        said += _columns(macro)
    return "\n".join(said) + "\n"


def _since(view: dict[str, Any]) -> str:
    return f"{view['arti']} (sejak {view['sejak']})\n"


def _columns(view: dict[str, Any]) -> Iterator[str]:
    yield "| kolom | tipe | arti | sejak |\n|---|---|---|---|"
    for c in view["kolom"]:
        yield f"| `{c['nama']}` | {c['tipe']} | {_cell(c['arti'])} | {c['sejak']} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
