"""Spreadsheet damage, told only where arithmetic or the sheet's own order proves it.

One module a kind of damage; each looks at one printed table (``sheet.Sheet``) and returns findings that say
the cell, what stands there, the proven value and the proof. Nothing is corrected here. What the fields of a
form hold and which sums bind them is data: ``tabel.yaml``.
"""
