"""Until when what was decided of a procedure is to be posted at the counter."""
