"""The ground floor: what the words mean.

Value parsers, formulas with their legal basis, the contract of every table, code lists and
views live here. It is pure: it reads only its own packaged files, knows nothing of Dagster,
of received files or of rules, and imports no other floor.
"""
