"""Announced days and hours, and the dossiers that follow."""
