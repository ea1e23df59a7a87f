"""Moments as the event log writes them."""

from datetime import UTC, datetime


def text(moment: datetime) -> str:
    """ISO 8601 in UTC: one moment has one text."""
    return moment.astimezone(UTC).isoformat()
