"""Clean: text as printed becomes typed rows, or rejected rows with a reason."""
