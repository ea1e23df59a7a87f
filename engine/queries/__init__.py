"""Questions: what may be read, by whom. Nothing here changes anything."""
