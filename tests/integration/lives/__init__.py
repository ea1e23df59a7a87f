"""Whole lives of dossiers, and proof that nobody altered them."""
