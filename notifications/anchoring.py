"""What a scheduler does for anchors: one is taken every night, and every hour what could not be
sealed, stamped or written outside is tried again."""

from collections.abc import Callable
from datetime import date, datetime, time

import structlog

from engine.commands.anchor_warning import warn_of_waiting_anchors
from engine.commands.anchoring import copy_waiting, seal_waiting, stamp_waiting, take_anchors
from engine.commands.signatures import House
from engine.commands.signing import Secret
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.settings import SettingsError
from engine.store import anchors, errands

INTERVAL_SECONDS = 60.0
NIGHT = time(0, 5)
"""From when on the day that ended is anchored."""

log = structlog.get_logger(__name__)


def keep_anchoring(house: House) -> bool:
    """Do what there is to do, once an hour in one process; whether this one did it."""
    now = house.clock()
    name, day = f"anchors {local(now):%H}", local(now).date()
    with house.database.transaction() as tx:
        if not errands.take(tx, name, day, now):
            return False
    if _is_due(house, now):
        numbers = take_anchors(house)
        log.info("anchors_taken", numbers=numbers)
        # Once a night: a token locks itself after a few wrong PINs.
        _tried(house, lambda: seal_waiting(house, Secret(house.settings.anchor_pin)))
    _tried(house, lambda: stamp_waiting(house))
    _tried(house, lambda: copy_waiting(house))
    _finish(house, name, day)
    return True


def _is_due(house: House, now: datetime) -> bool:
    with house.database.reading() as tx:
        before = anchors.last_taken_at(tx)
    day = local(now).date()
    return local(now).time() >= NIGHT and (before is None or local(before).date() < day)


def _tried(house: House, do: Callable[[], None]) -> None:
    try:
        do()
    except (EngineError, SettingsError) as error:
        log.warning("anchors_wait", reason=str(error))


def _finish(house: House, name: str, day: date) -> None:
    now = house.clock()
    with house.database.transaction() as tx:
        warn_of_waiting_anchors(tx, now)
        errands.finish(tx, name, day, now)
