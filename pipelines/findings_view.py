"""``lumbung findings``: the findings of the last run, narrowed, as a table, JSON, workbook or page."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.publish import snapshot
from assets.publish.validation import document, facts, reports
from assets.publish.validation.packed import spoken
from pipelines import knowledge
from pipelines import reports as making
from pipelines.changes import moment
from pipelines.settings import Settings
from pipelines.words import say


class NothingPublished(LookupError):
    """There is no run whose findings could be shown. The message is Indonesian."""


@dataclass(frozen=True)
class Narrowed:
    """Which findings are asked for; None takes all. A year takes its quarters along."""

    unit: str | None = None
    period: str | None = None
    akibat: str | None = None
    aturan: str | None = None
    since: str | None = None

    @property
    def said(self) -> dict[str, str]:
        """What was asked, by its name on the command line."""
        asked = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in asked if value is not None}


def read(published: Path, narrowed: Narrowed) -> pa.Table:
    """The findings of the last run (table ``temuan``), gravest first.

    Raises:
        NothingPublished: nothing has been published in this home yet.
        pipelines.changes.NoHistory: ``since`` is neither a date nor a known run.
    """
    tables = snapshot.read_all(published, ("temuan", "riwayat_temuan"))
    if "temuan" not in tables:
        raise NothingPublished(f"belum ada terbitan di {published}; jalankan: lumbung run")
    asked = {name: getattr(narrowed, name) for name in ("unit", "period", "akibat", "aturan")}
    with duckdb.connect(str(published), read_only=True) as con:
        asked["since"] = moment(con, narrowed.since) if narrowed.since else None
    with duckdb.connect() as con:
        for name, table in tables.items():
            con.register(name, table)
        return con.sql(_ASKED, params=asked).to_arrow_table().cast(tables["temuan"].schema)


_ASKED = f"""
WITH bernomor AS (SELECT *, row_number() OVER () AS urut FROM temuan)
SELECT * EXCLUDE (urut) FROM bernomor
WHERE ($unit IS NULL OR kode_unit = $unit)
  AND ($period IS NULL OR periode = $period OR starts_with(periode, $period || '-'))
  AND ($akibat IS NULL OR akibat = $akibat)
  AND ($aturan IS NULL OR aturan = $aturan)
  AND ($since IS NULL OR temuan_id IN (SELECT temuan_id FROM riwayat_temuan
        WHERE hilang_pada IS NULL AND muncul_pada >= CAST($since AS TIMESTAMP)))
ORDER BY list_position({list(facts.GRAVEST_FIRST)}, akibat), urut
"""


def write(found: Settings, narrowed: Narrowed, form: str, to: Path | None, lang: str) -> str:
    """Write the findings; returns what is to be printed (the text itself, or where the file lies).

    A page or workbook without a place of its own goes beside the reports of the run, under a name that says
    how it was narrowed.

    Raises:
        NothingPublished: nothing has been published in this home yet.
        pipelines.changes.NoHistory: ``since`` is neither a date nor a known run.
        OSError: the file cannot be written.
    """
    temuan = read(found.published, narrowed)
    if form == "table":
        said = _text(temuan, lang)
        if to is None:
            return said
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(said + "\n", encoding="utf-8")
        return say("findings_written", lang, n=temuan.num_rows, path=to)
    if to is None and form in ("xlsx", "html"):
        to = found.laporan / _name(form, lang, narrowed)
    known = knowledge.load(found)
    told = making.again(found, known, temuan, narrowed.said, (to or found.laporan / "-").parent)
    if to is None:
        return "".join(document.text(told)).rstrip("\n")
    to.parent.mkdir(parents=True, exist_ok=True)
    if form == "json":
        document.write(told, to)
    elif form == "xlsx":
        reports.as_workbook(told, to, lang)
    else:
        reports.as_page(told, to, lang)
    return say("findings_written", lang, n=temuan.num_rows, path=to)


def _name(form: str, lang: str, narrowed: Narrowed) -> str:
    whole = Path(reports.PAGES[lang] if form == "html" else reports.WORKBOOK)
    by = "".join(f"-{value}" for value in narrowed.said.values())
    return f"{whole.stem}{by.replace(':', '')}{whole.suffix}"


def _text(temuan: pa.Table, lang: str) -> str:
    if not temuan.num_rows:
        return say("no_findings", lang)
    rows = temuan.to_pylist()
    words = {name: spoken(temuan, name, lang).to_pylist() for name in ("pesan", "cara_perbaiki", "dugaan")}
    lines = []
    for n, r in enumerate(rows):
        where = " · ".join(r[c] for c in ("berkas", "lembar", "sel") if r[c] and r[c] != "-")
        about = " ".join(r[c] for c in ("kode_unit", "periode") if r[c])
        settled = r["pengecualian_id"] or r["koreksi_id"]
        lines.append(f"[{r['akibat']}] {r['aturan']}  {about}" + (f"  ({settled})" if settled else ""))
        lines += [f"    {where}"] if where else []
        lines.append(f"    {words['pesan'][n]}")
        lines += [f"    ? {words['dugaan'][n]}"] if words["dugaan"][n] else []
        lines += [f"    → {words['cara_perbaiki'][n]}"] if words["cara_perbaiki"][n] else []
    return "\n".join(lines)
