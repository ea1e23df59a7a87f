"""Words and type of letters."""
