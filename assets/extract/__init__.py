"""Putting together what was read: text as printed, with its address."""
