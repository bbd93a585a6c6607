"""Bab III of the performance report: from the published file to a document a person finishes by hand.

    published file ──> tables (SQL + YAML) ──┐
                       sentences (YAML)   ───┼──> Dokumen (blocks) ──> word, spreadsheet, page
                       charts             ───┘

``blocks`` is what all writers share: a document is blocks, a table is cells, a cell is words and bound
figures. What stands where, in whose words and in which style is data below ``warehouse/bab_iii`` (an office
lays its own beside it, under the same name, in its home). No number stands in a template: every one is an
:class:`Angka` with the address of its figure in the warehouse.
"""
