"""Opening untrusted files: bytes to grids of printed text, grids to recognised tables."""
