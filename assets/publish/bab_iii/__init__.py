"""Bab III of the performance report: from the published file to a document a person finishes by hand.

    published file ──> tables (SQL + YAML) ──┐
                       sentences (YAML)   ───┼──> Dokumen (blocks) ──> word, spreadsheet, page
                       charts             ───┘

``blocks`` is what all writers share: a document is blocks, a table is cells, a cell is words and bound
figures. What stands where, in whose words and in which style is data below ``warehouse/bab_iii`` (an office
lays its own beside it, under the same name, in its home). No number stands in a template: every one is an
:class:`Angka` with the address of its figure in the warehouse.

How it is called::

    with duckdb.connect("HOME/warehouse/lumbung.duckdb", read_only=True) as con:
        dokumen = arrangement.build(con, "630103", 2025)                      # arrangement.GAYA
        dokumen = arrangement.build(con, "630609", 2024, "per_sasaran")
        dokumen = arrangement.build(con, "630103", 2025, "triwulan", triwulan=4)

``milik_kantor=HOME/warehouse/bab_iii`` gives the office's own definitions; ``shelf.DefinitionBroken`` says in
Indonesian which of them cannot be followed. The key of a table may be long (``capaian_rasio_desa_mandiri``);
a writer that wants short sheet names uses its number.
"""
