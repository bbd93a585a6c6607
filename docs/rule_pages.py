"""The rule book as a page: every rule with its reason and, where it judges rows or tables, a planted example.

The examples are those of ``tests/rules/contoh``: a test holds each rule to what is printed here.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from assets.publish.rule_book import LEAD, by_kind
from quality.rule import Rule, RuleBook
from tests.rules.planted import Planted, Rows, planted

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
body{color:#1a1a1a;background:#fff}h2{border-bottom:2px solid #555}.wadah{overflow-x:auto}
article{border:1px solid #bbb;border-radius:.4rem;margin:1rem 0;padding:.2rem 1rem}
code,td,th{font-family:ui-monospace,monospace;font-size:.85rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.1rem .4rem;text-align:left}.akibat{font-weight:700}
blockquote{border-left:.3rem solid #555;margin:.5rem 0;padding:0 .8rem}
@media print{article{break-inside:avoid}}"""


def markdown(made: str) -> str:
    """``aturan.md``; ``made`` is the remark that the page is generated."""
    said = [made, "# Aturan\n", *LEAD]
    said.append("Halaman yang sama dengan tabel: [aturan.html](aturan.html).")
    said.append("Contoh: yang ditanam dalam tabel bersih, lalu yang dikatakan (`tests/rules/contoh`).")
    for _, title, rules in by_kind(RuleBook.load()):
        said.append(f"\n## {title} ({len(rules)})")
        for rule in rules:
            said += _entry(rule, planted().get(rule.id))
    return "\n".join(said) + "\n"


def _entry(rule: Rule, example: Planted | None) -> Iterator[str]:
    yield f"\n### `{rule.id}` · {rule.akibat}{''.join(f', {a}' for a in rule.akibat_lain)}\n"
    yield _line(rule.mengapa) + (f" Dasar: {_line(rule.dasar_hukum)}." if rule.dasar_hukum else "")
    yield f"\n- Dikatakan: {_line(rule.pesan)}"
    yield f"- Diperbaiki: {_line(rule.cara)}"
    if example is None:
        return
    for name, rows in example.langgar.items():
        yield from (f"- Ditanam di `{name}`: `{_row(row)}`" for row in rows)
    yield f"- Hasilnya: {_line(example.dikatakan)}"


def _line(text: str) -> str:
    """One line of Markdown in which braces and marks stay what they are."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*")


def _row(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{k} = {_value(v)}" for k, v in row.items())


def _value(value: Any) -> str:
    if value is None:
        return "(kosong)"
    return ("ya" if value else "tidak") if isinstance(value, bool) else str(value)


def page() -> str:
    """``aturan.html``: self-contained, with the rows that break and those that do not as tables."""
    body = []
    for _, title, rules in by_kind(RuleBook.load()):
        body.append(f"<h2>{html.escape(title)} ({len(rules)})</h2>")
        body += [_article(rule, planted().get(rule.id)) for rule in rules]
    lead = html.escape(" ".join(LEAD).replace("`", ""))
    return (
        '<!doctype html>\n<html lang="id">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Aturan lumbung</title><style>{_STYLE}</style></head>\n<body><main>\n"
        f"<h1>Aturan</h1>\n<p>{lead}</p>\n" + "\n".join(body) + "\n</main></body>\n</html>\n"
    )


def _article(rule: Rule, example: Planted | None) -> str:
    basis = f" <em>{html.escape(rule.dasar_hukum)}</em>" if rule.dasar_hukum else ""
    parts = [
        f'<article id="{rule.id}"><h3><code>{rule.id}</code> '
        f'<span class="akibat">{", ".join((rule.akibat, *rule.akibat_lain))}</span></h3>',
        f"<p>{html.escape(rule.mengapa)}{basis}</p>",
    ]
    if example is None:
        parts.append(f"<blockquote>{html.escape(rule.pesan)}</blockquote>")
    else:
        parts += ["<h4>Melanggar</h4>", *_tables(example.langgar)]
        parts.append(f"<blockquote>{html.escape(example.dikatakan)}</blockquote>")
        parts += ["<h4>Tidak melanggar</h4>", *_tables(example.wajar)]
    return "\n".join([*parts, f"<p>{html.escape(rule.cara)}</p></article>"])


def _tables(rows: Rows) -> Iterator[str]:
    for name, each in rows.items():
        columns = list(dict.fromkeys(c for row in each for c in row))
        head = "".join(f'<th scope="col">{c}</th>' for c in columns)
        lines = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(_value(r[c])) if c in r else ''}</td>" for c in columns)
            + "</tr>"
            for r in each
        )
        yield (
            f'<div class="wadah"><table><caption><code>{name}</code></caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
        )
