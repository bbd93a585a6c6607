"""Input workbooks: what ``assets/readers/templat.py`` asks, with drop-downs, ranges and live totals."""
