"""Supervision over many lives."""
