"""Which cell is most likely wrong: the smallest change that would satisfy all relations together.

It ranks and says why; it never corrects anything. ``relations`` are what amounts of one unit and period must
satisfy (sums, equal facts, percentages), ``gather`` makes them from the clean tables, ``edits`` says how a
misprint looks, ``search`` finds the change, ``name`` writes it beside the findings.
"""
