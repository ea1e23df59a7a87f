"""What is kept for how long, and whose time is over."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.deadlines.due import plus_months
from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, has
from engine.store import retention
from engine.store.retention import Rule

MOST = 1_000
"""So many dossiers whose time is over are told at once."""


@dataclass(frozen=True)
class Over:
    """Dossiers of a field whose time is over, the first to end first, by the rule that holds;
    `more` says that there are others."""

    rule: Rule
    codes: list[str]
    more: bool


def list_rules(tx: Connection, actor: Actor) -> list[Rule]:
    """All rules, by field, the latest first; raises `NotPermitted`."""
    _require(actor)
    return retention.rules(tx)


def over(tx: Connection, actor: Actor, now: datetime, most: int = MOST) -> list[Over]:
    """What may be masked by now, by field; raises `NotPermitted`."""
    _require(actor)
    today = local(now).date()
    found = []
    for _, rule in sorted(retention.in_force(tx, today).items()):
        if rule.years is not None:
            codes = [*retention.over(tx, rule.field, _before(now, rule.years), most + 1)]
            found.append(Over(rule, codes[:most], len(codes) > most))
    return found


def _before(now: datetime, years: int) -> datetime:
    """The same moment so many years ago."""
    today = local(now)
    day: date = plus_months(today.date(), -12 * years)
    return today.replace(year=day.year, month=day.month, day=day.day)


def _require(actor: Actor) -> None:
    if not has(actor, Permission.RETENTION_MANAGE):
        raise NotPermitted(what="xem thời hạn lưu dữ liệu cá nhân")
