"""The reports of a run: one page, a workbook and JSON in ``warehouse/laporan``, marked copies of the files.

All tell the same ``facts.Facts``, made from the published tables alone, so that they can be written again at
any time: ``facts`` gathers, ``page``, ``workbook`` and ``document`` write, ``copies`` marks the officers' own
workbooks, ``reports`` writes them all. What does not belong here: judging anything.
"""
