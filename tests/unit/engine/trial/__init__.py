"""Drafts tried out in memory."""
