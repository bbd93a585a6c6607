"""The Dagster assets: each is a pure function of a stage, its inputs, and a result that explains itself.

The stages themselves (``assets/``, ``quality/``) know nothing of Dagster, so the command line can use
them without paying for it. Names and descriptions are for the officer who opens the graph: Indonesian.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa

from assets.accept import receive
from assets.accept.lock import locked
from assets.clean.registry import CLEANERS, Cleaner
from assets.extract import assemble
from assets.marts.registry import MAKINGS, Making
from assets.publish import open_data, release, snapshot
from pipelines import knowledge, periods, reports, site, stages
from pipelines.settings import Settings, settings, version
from pipelines.stages import EXTRACTS, MART_NAMES, FilesRead, Noted, Notes
from quality import across, gate, judge, waivers
from quality.address import Addresses
from quality.judge import Judged, Verdict
from warehouse import contracts
from warehouse.values.personal import mask

OWNERS = ["team:petugas-data"]
TERIMA, BACA, BERSIH, PERIKSA, HITUNG, TERBIT = (
    "a_terima", "b_baca", "c_bersih", "d_periksa", "e_hitung", "f_terbit",
)  # fmt: skip


class Rumah(dg.ConfigurableResource[Any]):
    """The home of this run; ``folder`` empty means LUMBUNG_HOME or the checkout."""

    folder: str = ""

    @property
    def settings(self) -> Settings:
        """Where everything is."""
        return settings(Path(self.folder) if self.folder else None)

    def know(self) -> knowledge.Knowledge:
        """Regions, indicators, choices and rules, read once a run."""
        key = str(self.settings.home)
        held = _KNOWN.get(key)
        if held is None:
            held = _KNOWN[key] = knowledge.load(self.settings)
        return held

    def learn(self, wilayah: pa.Table) -> None:
        """Take an accepted region list into what is known."""
        _KNOWN[str(self.settings.home)] = knowledge.load(self.settings, wilayah)

    def forget(self) -> None:
        """Read configuration and rules anew at the next question: a run starts with this."""
        _KNOWN.pop(str(self.settings.home), None)


_KNOWN: dict[str, knowledge.Knowledge] = {}


@dg.asset(group_name=TERIMA, owners=OWNERS, kinds={"file"}, io_manager_key="lapis")
def kotak_masuk(rumah: Rumah) -> dg.Output[list[Any]]:
    """Berkas di raw/inbox diterima menurut isinya; yang tidak dikenal disimpan di raw/tak_dikenal."""
    rumah.forget()
    received = receive.receive_inbox(rumah.settings.home, rumah.know().context.regions)
    return dg.Output(received, metadata={"berkas": len(received)})


@dg.multi_asset(
    group_name=BACA,
    outs={
        **{
            f"extract_{n}": dg.AssetOut(
                description=f"Teks sebagaimana tercetak beserta alamatnya: {n}",
                io_manager_key="lapis",
                kinds={"arrow"},
            )
            for n in EXTRACTS
        },
        **{
            n: dg.AssetOut(io_manager_key="lapis", kinds={"arrow"}, description=said)
            for n, said in (
                ("peta_kolom", "Kolom mana diambil sebagai isian apa, di tiap tabel tiap lembar"),
                ("tabel_dikenal", "Tabel yang dikenali di tiap lembar, dengan unit dan periodenya"),
                ("hitungan_lembar", "Banyak baris yang dibaca di tiap lembar menurut jenisnya"),
            )
        },
        "berkas_dibaca": dg.AssetOut(
            io_manager_key="lapis", description="Berkas yang berlaku, dan temuan saat dibaca"
        ),
    },
    deps=[kotak_masuk],
)
def baca(rumah: Rumah) -> Iterator[dg.Output[Any]]:
    """Setiap berkas dibaca satu kali; yang tidak berubah diambil dari bacaan terdahulu."""
    found = assemble.assemble(rumah.settings.home, rumah.know().context.regions)
    regions = stages.accepted_regions(found, rumah.know())
    if regions is not None:
        rumah.learn(regions)
        found = assemble.assemble(rumah.settings.home, rumah.know().context.regions)
    read = stages.extracted(found)
    values: dict[str, Any] = {f"extract_{n}": t for n, t in read.tables.items()}
    values |= {"peta_kolom": read.peta_kolom, "tabel_dikenal": read.tabel_dikenal}
    values |= {"hitungan_lembar": read.hitungan_lembar, "berkas_dibaca": read.files}
    for name, value in values.items():
        yield dg.Output(value, output_name=name)


def _clean_asset(name: str, cleaner: Cleaner) -> dg.AssetsDefinition:
    @dg.asset(
        name=name,
        ins={n: dg.AssetIn(f"extract_{n}") for n in cleaner.inputs}
        | {"peta_kolom": dg.AssetIn("peta_kolom")},
        group_name=BERSIH,
        owners=OWNERS,
        kinds={"python"},
        io_manager_key="lapis",
        description=f"{contracts.table(name).one_row_is}; yang tidak terbaca ditolak dengan alasan.",
    )
    def cleaned(rumah: Rumah, peta_kolom: pa.Table, **tables: pa.Table) -> dg.Output[Noted]:
        return _explained(stages.clean(cleaner, tables, rumah.know(), peta_kolom))

    return cleaned


def _explained(noted: Noted) -> dg.Output[Noted]:
    facts = {"diterima": noted.table.num_rows, "temuan": len(noted.notes.findings)}
    if noted.notes.rejected:
        facts["ditolak"] = len(noted.notes.rejected)
    return dg.Output(noted, metadata=facts)


CLEAN = [_clean_asset(name, cleaner) for name, cleaner in CLEANERS.items()]


@dg.asset(
    ins={name: dg.AssetIn(name) for name in CLEANERS},
    group_name=PERIKSA,
    owners=OWNERS,
    kinds={"greatexpectations"},
    io_manager_key="lapis",
)
def temuan_baris(rumah: Rumah, **tables: Noted) -> dg.Output[Judged]:
    """Aturan baris (Great Expectations) atas setiap tabel bersih; tiap pelanggar menjadi temuan beralamat."""
    judged = judge.judge({n: t.table for n, t in tables.items()}, rumah.know().book)
    return dg.Output(judged, metadata={"temuan": len(judged.findings), "aturan": len(judged.verdicts)})


def _mart_asset(making: Making) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="hitung_" + making.outputs[0],
        outs={
            name: dg.AssetOut(
                io_manager_key="lapis",
                kinds={"python", "duckdb"},
                owners=OWNERS,
                description=contracts.table(name).one_row_is,
            )
            for name in making.outputs
        },
        ins={parameter: dg.AssetIn(name) for parameter, name in making.inputs.items()},
        group_name=HITUNG,
    )
    def computed(rumah: Rumah, **inputs: Noted) -> Iterator[dg.Output[Noted]]:
        made = stages.compute(making, {n: t.table for n, t in inputs.items()}, rumah.know())
        for name in making.outputs:
            noted = made[name]
            yield dg.Output(
                noted,
                output_name=name,
                metadata={"baris": noted.table.num_rows, "temuan": len(noted.notes.findings)},
            )

    return computed


MARTS = [_mart_asset(making) for making in MAKINGS]


@dg.asset(
    ins={name: dg.AssetIn(name) for name in (*CLEANERS, *MART_NAMES)},
    group_name=PERIKSA,
    owners=OWNERS,
    kinds={"duckdb"},
    io_manager_key="lapis",
)
def temuan_lintas(rumah: Rumah, **tables: Noted) -> dg.Output[Judged]:
    """Aturan antar tabel (SQL): jumlah, persentase, dan angka yang sama di beberapa tempat."""
    judged = across.judge_across({n: t.table for n, t in tables.items()}, rumah.know().book)
    return dg.Output(judged, metadata={"temuan": len(judged.findings), "aturan": len(judged.verdicts)})


@dataclass
class Gated:
    """The figures that may go out, and all that was found on the way."""

    marts: dict[str, pa.Table]
    notes: Notes
    withheld: list[gate.Withheld] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    clean: dict[str, pa.Table] = field(default_factory=dict)


@dg.asset(
    ins={name: dg.AssetIn(name) for name in (*CLEANERS, *MART_NAMES)},
    group_name=TERBIT,
    owners=OWNERS,
    io_manager_key="lapis",
)
def gerbang(
    rumah: Rumah,
    berkas_dibaca: FilesRead,
    peta_kolom: pa.Table,
    temuan_baris: Judged,
    temuan_lintas: Judged,
    **tables: Noted,
) -> dg.Output[Gated]:
    """Angka yang bersandar pada temuan 'tahan' ditahan; angka lain jalan terus."""
    known = rumah.know()
    own = [stages.about_unit(f, tables) if f.kode_unit else f for f in known.findings]
    notes = stages.gathered(
        tables.values(), [berkas_dibaca.findings, temuan_baris.findings, temuan_lintas.findings, own]
    )
    names = {b["berkas_id"]: b["nama"] for b in berkas_dibaca.berkas}
    notes.findings += waivers.to_mend(notes.findings, known.book, Addresses(peta_kolom), names, known.waivers)
    gate.stop_if_meaningless(notes.findings, known.book)
    previous = snapshot.read_all(rumah.settings.published, MART_NAMES)
    marts, withheld = gate.withhold(
        {n: tables[n].table for n in MART_NAMES},
        notes.steps,
        notes.findings,
        known.book,
        {n: contracts.as_rows(t) for n, t in previous.items()},
        known.waivers,
        Addresses(peta_kolom),
        names,
    )
    clean_tables = {n: tables[n].table for n in CLEANERS}
    verdicts = [*temuan_baris.verdicts, *temuan_lintas.verdicts]
    passed = Gated(dict(marts), notes, withheld, verdicts, clean_tables)
    return dg.Output(passed, metadata={"ditahan": len(withheld)})


@dg.asset(
    group_name=TERBIT,
    owners=OWNERS,
    kinds={"duckdb", "parquet"},
    partitions_def=periods.PERIODS,
    io_manager_key="lapis",
    config_schema={
        "unit": dg.Field(str, default_value="", description="Hanya terbitkan unit ini"),
        "alasan": dg.Field(
            str, default_value="", description="Alasan bagi angka terbit yang berubah (ralat)"
        ),
    },
)
def terbit(
    context: dg.AssetExecutionContext,
    rumah: Rumah,
    gerbang: Gated,
    berkas_dibaca: FilesRead,
    peta_kolom: pa.Table,
    hitungan_lembar: pa.Table,
) -> dg.Output[dict[str, Any]]:
    """lumbung.duckdb dibuat baru di samping yang lama, diperiksa, dipertukarkan; riwayat, laporan ditulis."""
    asked = context.op_execution_context.op_config
    unit = asked["unit"] or None
    scope = release.Scope(periods.scope(context.partition_key), unit)
    # A run of the command line and one of the scheduler never publish at the same time.
    with locked(rumah.settings.home, ".kunci_terbit"):
        started = _started(context)
        made = _released(
            rumah, gerbang, berkas_dibaca.berkas, peta_kolom, hitungan_lembar, scope, started, asked["alasan"]
        )
        snapshot.publish(made.tables, rumah.settings.published)
        _give_away(rumah, made.tables, started)
        notes = reports.at_publish(rumah.settings, rumah.know(), made)
        made.summary["catatan_laporan"] = [asdict(note) for note in notes]
        made.summary["situs"] = site.at_publish(rumah.settings, rumah.know(), made.tables)
    return dg.Output(made.summary, metadata={"angka_berubah": made.summary["angka_berubah"]})


def _released(
    rumah: Rumah,
    gerbang: Gated,
    berkas: list[dict[str, Any]],
    peta_kolom: pa.Table,
    hitungan_lembar: pa.Table,
    scope: release.Scope,
    mulai: dt.datetime,
    alasan: str,
) -> release.Release:
    known = rumah.know()
    return release.release(
        marts=gerbang.marts,
        clean=gerbang.clean,
        notes=gerbang.notes,
        withheld=gerbang.withheld,
        verdicts=gerbang.verdicts,
        berkas=berkas,
        peta_kolom=peta_kolom,
        hitungan_lembar=hitungan_lembar,
        book=known.book,
        waivers=known.waivers,
        scope=scope,
        warehouse=rumah.settings.warehouse,
        versi_program=version(),
        versi_aturan=known.versi_aturan(),
        mulai=mulai,
        names={k: known.nama(k) for k in _units(gerbang.marts)},
        alasan=mask(alasan) or None,
    )


def _give_away(rumah: Rumah, tables: Mapping[str, pa.Table], at: dt.datetime) -> None:
    known = rumah.know()
    if known.terms is None:  # told as a finding: nothing is given away on terms that nobody chose
        return
    names = {k: known.nama(k) for k in open_data.offices(tables)}
    edition = open_data.Edition(
        tables, names, known.terms, known.context.indicators, at, rumah.settings.warehouse
    )
    open_data.write(edition, known.context.regions)


def _started(context: dg.AssetExecutionContext) -> dt.datetime:
    stats = context.instance.get_run_stats(context.run.run_id)
    begun = stats.start_time or stats.launch_time
    return dt.datetime.fromtimestamp(begun, dt.UTC).replace(tzinfo=None) if begun else contracts.utc_now()


def _units(marts: Mapping[str, pa.Table]) -> set[str]:
    return {
        kode
        for found in marts.values()
        if "kode_unit" in found.schema.names
        for kode in found["kode_unit"].unique().to_pylist()
        if kode
    }


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            "aturan",
            asset=name,
            description="Semua aturan atas tabel ini",
            additional_deps=["temuan_baris", "temuan_lintas"],
        )
        for name in (*CLEANERS, *MART_NAMES)
    ],
    ins={"temuan_baris": dg.AssetIn("temuan_baris"), "temuan_lintas": dg.AssetIn("temuan_lintas")},
)
def periksa(temuan_baris: Judged, temuan_lintas: Judged) -> Any:
    """Satu tanda periksa untuk tiap tabel, dari aturan yang sama dengan laporan temuan."""
    verdicts = [*temuan_baris.verdicts, *temuan_lintas.verdicts]
    for name in (*CLEANERS, *MART_NAMES):
        mine = [v for v in verdicts if v.tabel == name]
        broken = {v.aturan: v.pelanggar for v in mine if v.pelanggar}
        yield dg.AssetCheckResult(
            passed=not broken,
            asset_key=name,
            check_name="aturan",
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"aturan_diperiksa": len(mine), **{k: int(n) for k, n in broken.items()}},
        )


ASSETS = [kotak_masuk, baca, *CLEAN, temuan_baris, *MARTS, temuan_lintas, gerbang, terbit]
CHECKS = [periksa]
