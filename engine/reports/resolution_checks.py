"""What must hold between the figures of Biểu II.06: shown as it is, also where it does not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, func, select

from engine.deadlines.calendar import VIETNAM
from engine.model.report import Check
from engine.reports.standing_then import Scope, going_on
from engine.store.tables import dossier

_SUMS = (
    ("3 = 4 + 5 + 6", "received", ("online", "direct", "carried_over")),
    ("7 = 8 + 9 + 10", "resolved", ("early", "on_time", "late")),
    ("11 = 12 + 13", "in_progress", ("in_time", "overdue")),
    ("3 = 7 + 11", "received", ("resolved", "in_progress")),
)
_BALANCE = ("resolved", "refused", "withdrawn", "discontinued", "in_progress")
_ELSEWHERE = {
    "refused": "từ chối, trả lại",
    "withdrawn": "công dân rút",
    "discontinued": "dừng giải quyết",
}
_DAY = timedelta(days=1)


def checks(tx: Connection, scope: Scope, said: Mapping[str, int]) -> tuple[Check, ...]:
    """The invariants of the form, the full balance, and two counts made another way.

    `said` are the figures of the total.
    """
    return (*_sums(said), _balance(said), _carried(tx, scope, said), _new(tx, scope, said))


def _sums(said: Mapping[str, int]) -> Iterator[Check]:
    for name, whole, parts in _SUMS:
        yield _equal(name, said[whole], [said[part] for part in parts], _why(said, parts))


def _why(said: Mapping[str, int], parts: tuple[str, ...]) -> str:
    """What the form has no column for, where that is what is missing."""
    if "in_progress" not in parts:
        return ""
    others = (f"{said[key]} {name}" for key, name in _ELSEWHERE.items() if said[key])
    return ", ".join(others)


def _balance(said: Mapping[str, int]) -> Check:
    name = "Từ kỳ trước + mới = đã giải quyết + từ chối, trả lại + rút + dừng + đang giải quyết"
    arrived = said["carried_over"] + said["online"] + said["direct"]
    return _equal(name, arrived, [said[part] for part in _BALANCE], "")


def _carried(tx: Connection, scope: Scope, said: Mapping[str, int]) -> Check:
    """What comes from before is what the period before ended with."""
    before = scope.period.start - _DAY
    name = f"(6) = đang giải quyết cuối ngày {before:%d/%m/%Y}"
    return _equal(name, said["carried_over"], [going_on(tx, scope, before)], "")


def _new(tx: Connection, scope: Scope, said: Mapping[str, int]) -> Check:
    """What is new is what was received in the period, as the dossiers themselves say."""
    new = said["online"] + said["direct"]
    return _equal("(4) + (5) = số hồ sơ tiếp nhận trong kỳ", new, [_received(tx, scope)], "")


def _received(tx: Connection, scope: Scope) -> int:
    start = datetime.combine(scope.period.start, time(), VIETNAM)
    end = datetime.combine(scope.period.end + _DAY, time(), VIETNAM)
    query = select(func.count()).where(
        dossier.c.competent_agency.in_(sorted(scope.agencies)),
        dossier.c.received_at >= start,
        dossier.c.received_at < end,
    )
    if scope.procedures is not None:
        query = query.where(dossier.c.procedure.in_(sorted(scope.procedures)))
    return tx.execute(query).scalar_one()


def _equal(name: str, whole: int, parts: list[int], why: str) -> Check:
    total = sum(parts)
    added = " + ".join(map(str, parts))
    if whole == total:
        return Check(name, f"{whole} = {added}", True)
    because = f", do {why}" if why else ""
    return Check(name, f"{whole} ≠ {added}; chênh {whole - total}{because}", False)
