"""Figures -> what people open: the DuckDB file, open data, and the history of every figure."""
