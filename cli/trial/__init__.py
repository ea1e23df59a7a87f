"""Proves that procedures run: one dossier of each goes the whole way, by real commands."""
