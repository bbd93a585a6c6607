"""Example files of two real kecamatan, and what writes them from the facts in ``fakta/``."""
