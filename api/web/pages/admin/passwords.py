"""Passwords that are handed over: easy to read out and to type, and hard to guess."""

import secrets

LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
"""Without those that look alike."""
GROUPS, GROUP = 4, 4


def new_password() -> str:
    """Sixteen letters in groups, e.g. `k7mp-x3qd-9fth-2wrc`: more than 2^78 possibilities."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
