"""How the legal limit is shared out among the steps of the standard process.

Steps that hand a dossier on need time too (R13 of the reports behind this product): an hour each,
as the shared stages have it, and a tenth of a longer limit is kept back for what they take more.
Where the law leaves less than that, they have no limit of their own and are done at once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bpmn.time_limit import TimeLimit, Unit

_LIMIT = re.compile(r'(<spiffworkflow:property name="limit" value=")([^"]+)(" />)')
_WORK = Decimal(2)
"""Hours that appraising and drafting take at least, next to the shared stages."""
_DAY = Decimal(8)
_LONG = 3 * _DAY
_NOTICE = Decimal(4)
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Shares:
    """Limits of the steps; `at_once` says that the shared stages have none of their own."""

    appraise: TimeLimit
    consult: TimeLimit
    draft: TimeLimit
    notice: TimeLimit
    at_once: bool


def share_out(legal: TimeLimit, stages: Iterable[str], consulted: bool) -> Shares:
    """The limits that together with those of the stages (their drawings) stay within the law."""
    hours = legal.working_hours()
    taken = sum(map(_hours_of, stages), _NOTHING)
    at_once = hours - taken < _WORK
    kept_back = _whole(hours / 10) if hours >= _LONG else _NOTHING
    rest = hours if at_once else hours - taken - kept_back
    draft = _rounded(rest / 4)
    consult = _rounded(rest / 3) if consulted else _NOTHING
    return Shares(
        appraise=_limit(_rounded(rest - draft - consult)),
        consult=_limit(consult),
        draft=_limit(draft),
        notice=_limit(min(_NOTICE, _whole(hours))),
        at_once=at_once,
    )


def without_limits(drawing: str) -> str:
    """The drawing of a stage whose steps are all done at once."""
    return _LIMIT.sub(rf"\g<1>{TimeLimit(_NOTHING, Unit.HOURS)}\g<3>", drawing)


def stages_at_once(sources: Mapping[str, str], received: str) -> dict[str, str]:
    """All drawings without limits, except that of the receipt, which the law does not count."""
    return {
        name: text if name == received or not name.endswith(".bpmn") else without_limits(text)
        for name, text in sources.items()
    }


def _hours_of(drawing: str) -> Decimal:
    limits = (TimeLimit.parse(match[2]) for match in _LIMIT.finditer(drawing))
    return sum((limit.working_hours() for limit in limits), _NOTHING)


def _whole(hours: Decimal) -> Decimal:
    return hours // 1


def _rounded(hours: Decimal) -> Decimal:
    """Whole hours, and whole days where there are many."""
    return hours // _DAY * _DAY if hours >= _LONG else _whole(hours)


def _limit(hours: Decimal) -> TimeLimit:
    if hours >= _LONG:
        return TimeLimit(hours / _DAY, Unit.WORKING_DAYS)
    return TimeLimit(hours, Unit.HOURS)
