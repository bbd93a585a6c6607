"""Clean tables of one kecamatan in which every figure agrees with every other: nothing for a rule to say.

Made up from a seed: the budget before and after the change, accounts, programmes, performance agreement,
grants, survey answers with their printed means, the villages' index, targets.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from warehouse import contracts
from warehouse.formulas import village
from warehouse.regions import Regions

YEAR = 2025
Row = dict[str, Any]
Rows = dict[str, list[Row]]
_LEVELS = ("akun", "kelompok", "jenis", "objek")
_LEAVES = ["5.1.01.01", "5.1.01.02", "5.1.02.01", "5.1.02.02", "5.1.02.03", "5.1.02.04", "5.1.05.05"]
_LEAVES += ["5.2.02.05", "5.2.02.10", "5.2.02.19", "5.2.03.01"]
PROGRAMS = ["7.01.01", "7.01.02", "7.01.03", "7.01.04", "7.01.05", "7.01.06"]
_ANSWERS, _QUARTERS = 48, 4


def consistent(unit: str, rng: random.Random) -> Rows:
    """Rows of every clean table of one kecamatan, by table; each table is a file with one sheet."""
    accounts = {c: Decimal(rng.randrange(5_000_000, 900_000_000)) for c in _LEAVES}
    total = sum(accounts.values(), Decimal(0))
    programs = _split(rng, total, PROGRAMS)
    rows: Rows = {
        "clean_realisasi_rekening": _accounts(rng, accounts),
        "clean_hibah": [],
    }
    spent = next(r for r in rows["clean_realisasi_rekening"] if r["kode"] == "5")["realisasi"]
    rows["clean_realisasi_program"] = _programs(rng, programs, spent)
    rows["clean_dpa"] = [*_budget(rng, "murni"), *_changed(rows)]
    rows["clean_pk_anggaran"] = _agreement(rows["clean_dpa"])
    rows["clean_hibah"] = _grants(rng, rows["clean_realisasi_rekening"])
    rows["clean_skm_jawaban"] = _answers(rng)
    rows["clean_skm_ringkasan"] = _means(rows["clean_skm_jawaban"])
    rows["clean_indeks_desa"] = _villages(unit, rng)
    rows["clean_target"] = _targets(len(rows["clean_indeks_desa"]))
    rows["clean_pautan_program"] = _links()
    rows["clean_layanan"] = [{"periode": str(YEAR), "kode_layanan": "ktp", "layanan": "KTP", "jumlah": 90}]
    for name, each in rows.items():
        for at, row in enumerate(each):
            row |= {
                "kode_unit": unit,
                "berkas_id": f"{unit} {name}",
                "lembar": "Lembar1",
                "tabel_ke": 1,
                "baris": 5 + at,
            }
    return rows


def tables(rows: Mapping[str, Iterable[Row]]) -> dict[str, pa.Table]:
    """Every clean table; those without rows are empty."""
    return {n: contracts.build(n, rows.get(n, ())) for n in contracts.names("clean")}


def _split(rng: random.Random, total: Decimal, codes: list[str]) -> dict[str, Decimal]:
    cuts = sorted(rng.sample(range(1_000_000, int(total) - 1_000_000), len(codes) - 1))
    edges = [Decimal(0), *map(Decimal, cuts), total]
    return {c: edges[i + 1] - edges[i] for i, c in enumerate(codes)}


def _upwards(leaves: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Every code above the leaves with the sum of what is below it, the leaves included."""
    found: dict[str, Decimal] = {}
    for code, amount in leaves.items():
        parts = code.split(".")
        for n in range(1, len(parts) + 1):
            above = ".".join(parts[:n])
            found[above] = found.get(above, Decimal(0)) + amount
    return dict(sorted(found.items()))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Part of whole in percent, two decimals, half up."""
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _share(rng: random.Random, amount: Decimal) -> Decimal:
    return (amount * rng.randrange(700, 990) / 1000).quantize(Decimal(1))


def _accounts(rng: random.Random, leaves: Mapping[str, Decimal]) -> list[Row]:
    pagu = _upwards(leaves)
    spent = _upwards({c: _share(rng, v) for c, v in leaves.items()})
    before = _upwards({c: _share(rng, v) for c, v in leaves.items()})
    return [
        {
            "periode": str(YEAR),
            "kode": code,
            "uraian": f"Belanja {code}",
            "tingkat": _LEVELS[code.count(".")],
            "pagu": pagu[code],
            "realisasi": spent[code],
            "realisasi_tahun_lalu": before[code],
            "persen_tercetak": percent(spent[code], pagu[code]),
        }
        for code in pagu
    ]


def _programs(rng: random.Random, pagu: Mapping[str, Decimal], spent: Decimal) -> list[Row]:
    total = sum(pagu.values(), Decimal(0))
    parts = {c: (spent * v / total).quantize(Decimal(1), "ROUND_DOWN") for c, v in pagu.items()}
    parts[PROGRAMS[0]] += spent - sum(parts.values())
    rows: list[Row] = [
        {
            "kode": code,
            "kode_induk": "TOTAL",
            "tingkat": "program",
            "uraian": f"Program {code}",
            "pagu": pagu[code],
            "realisasi": parts[code],
        }
        for code in pagu
    ]
    rows.append({"kode": "TOTAL", "tingkat": "total", "uraian": "JUMLAH", "pagu": total, "realisasi": spent})
    return [r | {"periode": str(YEAR), "persen_tercetak": percent(r["realisasi"], r["pagu"])} for r in rows]


def _budget(rng: random.Random, tahap: str) -> list[Row]:
    leaves = {c: Decimal(rng.randrange(5_000_000, 900_000_000)) for c in _LEAVES}
    pagu = _upwards(leaves)
    programs = _split(rng, pagu["5"], PROGRAMS) | {"TOTAL": pagu["5"]}
    return [*_stage(tahap, "rekening", pagu), *_stage(tahap, "program", programs)]


def _changed(rows: Rows) -> list[Row]:
    return [
        row
        for tree, name in (("rekening", "clean_realisasi_rekening"), ("program", "clean_realisasi_program"))
        for row in _stage("perubahan", tree, {r["kode"]: r["pagu"] for r in rows[name]})
    ]


def _stage(tahap: str, tree: str, pagu: Mapping[str, Decimal]) -> list[Row]:
    return [
        {
            "tahun": YEAR,
            "tahap": tahap,
            "pohon": tree,
            "kode": code,
            "uraian": f"{tree} {code}",
            "tingkat": "total"
            if code == "TOTAL"
            else "program"
            if tree == "program"
            else f"rekening{code.count('.')}",
            "pagu": amount,
        }
        for code, amount in pagu.items()
    ]


def _agreement(dpa: list[Row]) -> list[Row]:
    return [
        {
            "tahun": YEAR,
            "dokumen": "PK" if row["tahap"] == "murni" else "PK-P",
            "kode": row["kode"],
            "uraian": row["uraian"],
            "tingkat": row["tingkat"],
            "pagu": row["pagu"],
        }
        for row in dpa
        if row["pohon"] == "program"
    ]


def _grants(rng: random.Random, accounts: list[Row]) -> list[Row]:
    account = next(r for r in accounts if r["kode"] == "5.1.05.05")
    names = [f"Penerima {letter}" for letter in "ABCDEF"]
    pagu = _split(rng, account["pagu"], names)
    rows: list[Row] = [
        {"tahun": YEAR, "penerima": n, "pagu": pagu[n], "realisasi": _share(rng, pagu[n])} for n in names
    ]
    gap = account["realisasi"] - sum(r["realisasi"] for r in rows)
    # What is left over goes to whoever has room for it, so that no one is paid more than granted.
    for row in rows:
        moved = min(max(gap, -row["realisasi"]), row["pagu"] - row["realisasi"])
        row["realisasi"] += moved
        gap -= moved
    return rows


def _answers(rng: random.Random) -> list[Row]:
    rows: list[Row] = []
    seen: set[tuple[int, ...]] = set()
    while len(rows) < _ANSWERS * _QUARTERS:
        given = tuple(rng.choice((2, 3, 3, 4, 4, 4)) for _ in range(9))
        if given in seen or len(set(given)) == 1:
            continue
        seen.add(given)
        quarter = len(rows) // _ANSWERS + 1
        day = dt.date(YEAR, 3 * quarter - 2 + rng.randrange(3), rng.randrange(1, 29))
        row: Row = {"periode": f"{YEAR}-TW{quarter}", "jawaban_ditolak": 0, "tanggal": day}
        row |= {"usia": rng.randrange(18, 70), "ciri": 1000 + len(rows)}
        rows.append(row | {f"u{n}": value for n, value in enumerate(given, start=1)})
    return rows


def _means(answers: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for periode in dict.fromkeys(r["periode"] for r in answers):
        mine = [r for r in answers if r["periode"] == periode]
        exact = [Decimal(sum(r[f"u{n}"] for r in mine)) / len(mine) for n in range(1, 10)]
        said = {f"U{n}": _printed(mean, 3) for n, mean in enumerate(exact, start=1)}
        said |= {"N": Decimal(len(mine)), "IKM": _printed(25 * sum(exact, Decimal(0)) / 9, 2)}
        rows += [{"periode": periode, "ukuran": of, "nilai": value} for of, value in said.items()]
    return rows


def _printed(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@cache
def _regions() -> Regions:
    return Regions.load()


def _villages(unit: str, rng: random.Random) -> list[Row]:
    rows = []
    for region in _regions().desa_of(unit):
        if region.adalah_desa:
            points = {
                k: Decimal(rng.randrange(most * 17 // 20, most + 1))
                for k, most in village.dimension_maxima().items()
            }
            whole = village.poin_indeks_desa(points)
            score = _printed(village.skor_indeks_desa(whole), 2)
            status = village.status_indeks_desa(whole)
            row: Row = {"tahun": YEAR, "kode_desa": region.kode, "desa": region.nama, "skor": score}
            rows.append(row | {"status": status} | points)
    return rows


def _links() -> list[Row]:
    codes = ("ikm", "persen_desa_mandiri")
    return [
        {
            "tahun": YEAR,
            "kode_indikator": codes[at % 2],
            "kode": code,
            "dokumen": "PK",
        }
        for at, code in enumerate(PROGRAMS)
    ]


def _targets(villages: int) -> list[Row]:
    # Shares that some whole number of the villages gives, near enough to what they reach.
    shares = [percent(Decimal(villages - 2 + n // 2), Decimal(villages)) for n in range(6)]
    rows: list[Row] = []
    for code, name, unit, values in (
        ("persen_desa_mandiri", "Persentase Desa Mandiri di Kecamatan", "%", shares),
        ("ikm", "Indeks Kepuasan Masyarakat di Kecamatan", "Nilai", list(map(Decimal, range(84, 90)))),
    ):
        plan = [("RENSTRA", YEAR + n, v) for n, v in enumerate(values)]
        for document, year, value in [*plan, ("PK", YEAR, values[0]), ("PK-P", YEAR, values[0])]:
            rows.append(
                {
                    "dokumen": document,
                    "periode": str(year),
                    "tahun": year,
                    "tingkat": "sasaran",
                    "indikator": name,
                    "kode_indikator": code,
                    "cara_cocok": "alias",
                    "satuan": unit,
                    "arah": "naik",
                    "target_teks": str(value),
                    "target": value,
                }
            )
    return rows
