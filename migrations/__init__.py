"""How the database came to be: one file per step in `versions/`, never changed once released."""
