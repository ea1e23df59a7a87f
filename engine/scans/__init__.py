"""Scans and photographs become PDF/A that can be searched."""
