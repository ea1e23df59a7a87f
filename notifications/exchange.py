"""What all conversations with other software over HTTP have in common."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

SECONDS = 10.0
"""For the other side to answer."""


def retry_after(said: str | None, now: datetime) -> timedelta:
    """For how long the other side wants to be left alone; not at all where it does not say."""
    text = (said or "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 7:
        return timedelta(seconds=int(text))
    try:
        return max(parsedate_to_datetime(text) - now, timedelta(0))
    except (ValueError, TypeError):
        return timedelta(0)
