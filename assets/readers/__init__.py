"""Opening untrusted files: bytes to grids of printed text, grids to recognised tables. No Dagster, no opinions about values."""
