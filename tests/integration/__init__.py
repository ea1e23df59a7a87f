"""Tests of what only shows on a real database."""
