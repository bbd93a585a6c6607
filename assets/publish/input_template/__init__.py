"""Input workbooks: what ``assets/readers/isian.py`` asks, with drop-downs, ranges and live totals."""
