"""Formulas: exact ``Decimal`` functions with their parameters and legal basis in the YAML beside them."""
