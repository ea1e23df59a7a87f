"""Signing and examining, without a database."""
