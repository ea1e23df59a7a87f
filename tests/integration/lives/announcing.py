"""A newer edition of an agency's calendar, in force at once; open dossiers follow later."""

from datetime import date

from sqlalchemy import Connection

from engine.store import editions
from engine.store.editions import EditionKind


def announce_day_off(tx: Connection, agency: str, off: date, made_up: date | None = None) -> str:
    """One more day is off, another perhaps made up for it; gives the edition's digest."""
    known = editions.document(tx, EditionKind.CALENDAR, editions.in_force(tx, agency).calendar)
    makeup_days = {made_up.isoformat(): "Làm bù"} if made_up else {}
    newer = {
        **known,
        "days_off": {**known["days_off"], off.isoformat(): "Nghỉ hoán đổi"},
        "makeup_days": {**known["makeup_days"], **makeup_days},
    }
    digest = editions.put(tx, EditionKind.CALENDAR, newer)
    editions.point(tx, agency, EditionKind.CALENDAR, digest)
    return digest
