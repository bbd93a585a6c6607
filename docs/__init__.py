"""Docs for engineers, and the script that generates the reference pages."""
