"""Service volumes as reported: one row a service; printed totals stay in the clean table."""

from __future__ import annotations

import pyarrow as pa

from assets.marts.ikm import is_total
from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.trail import Cell, Figure


def layanan(layanan: pa.Table, context: Context) -> dict[str, Mart]:
    """Volumes by service; NULL is not reported, 0 is none (contract 2.7).

    Args:
        layanan: ``clean_layanan``.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    contract = contracts.table("layanan")
    for row in contracts.as_rows(layanan):
        if is_total(row["kode_layanan"]):
            continue
        made = {k: row[k] for k in ("kode_unit", "periode", "kode_layanan", "layanan", "jumlah")}
        if row["jumlah"] is None:
            made["alasan"] = "tidak dilaporkan"
        mart.rows.append(made)
        figure = Figure("layanan", contract.key_of(made), "jumlah")
        mart.trail.add(figure, "salin", [("jumlah", row["jumlah"], Cell.of(row, "jumlah"))])
    return {"layanan": mart}
