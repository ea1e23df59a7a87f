"""Days as people write them: 08/10/2026."""

import re
from datetime import date

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def iso_day(text: str) -> str | None:
    """A day as JSON has it (2026-10-08); None for a text that means no day there is."""
    iso, written = _ISO_DAY.fullmatch(text), _DAY.fullmatch(text)
    parts = iso.groups() if iso else written and [p for p in written.groups() if p][::-1]
    try:
        year, month, day = map(int, parts or ())
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def written_day(text: str) -> str:
    """A day of JSON as people write it; what is none as it is."""
    iso = _ISO_DAY.fullmatch(text)
    return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else text
