"""Reads PDF files: words and rules of a page by their place, the cells between them, scanned pages."""
