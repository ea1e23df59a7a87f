"""The token game."""
