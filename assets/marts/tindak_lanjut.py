"""Recommendations of the accountability evaluation (LHE AKIP) and what was done about them."""

from __future__ import annotations

import pyarrow as pa

from assets.passing import Context, Mart
from warehouse import contracts
from warehouse.trail import Cell, Figure

# Texts that the office answers for; the rest says which recommendation it is.
JAWABAN = ("rencana", "target", "jadwal", "penanggung_jawab", "status", "bukti")


def tindak_lanjut(lhe: pa.Table, context: Context) -> dict[str, Mart]:
    """The follow-up matrix, one row a recommendation.

    Source: PermenPANRB 88/2021 (follow-up of evaluation results).

    Args:
        lhe: ``clean_lhe``.
        context: not needed; every mart takes it.
    """
    mart = Mart()
    contract = contracts.table("tindak_lanjut")
    own = [c.name for c in contract.columns if c.name in lhe.schema.names]
    for row in contracts.as_rows(lhe):
        made = {k: row[k] for k in own}
        if row["status"] is None:
            made["alasan"] = "status tindak lanjut tidak tertulis"
        mart.rows.append(made)
        for kolom in JAWABAN:
            figure = Figure("tindak_lanjut", contract.key_of(made), kolom)
            mart.trail.add(figure, "salin", [(kolom, row[kolom], Cell.of(row, kolom))])
    return {"tindak_lanjut": mart}
