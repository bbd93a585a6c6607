"""What we do: accept -> extract -> clean -> marts -> publish, one folder a stage.

A stage gets its input as an argument and imports no other stage. ``readers`` open untrusted files
and belong to no stage.
"""
