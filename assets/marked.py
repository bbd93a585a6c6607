"""How copies of an officer's workbook are named that lumbung marked: by ``check`` and beside its reports."""

# What their names end with; they are made to be read, and not taken in with a folder.
MARKED = " - diperiksa"
