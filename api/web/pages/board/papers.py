"""How much of the papers is data, at every level: digitised, used again, signed; and where not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.vault import PapersPageIn, PapersPageListIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from engine.deadlines.calendar import VIETNAM, local
from engine.queries.paper_counts import (
    PAPER_FIGURE_NAMES,
    PaperCounts,
    PaperFigure,
    PaperFilter,
    PaperGroup,
    PapersBy,
    count_papers,
    list_papers,
)

_F = PaperFigure
_DAY = timedelta(days=1)
_PATH = "/giay-to"
_FIRST, _LAST = Decimal("0.01"), Decimal("99.99")
"""What is not nothing or not all is never rounded to it."""


@dataclass(frozen=True)
class Rate:
    """A percentage with what it is of; `link` leads to the dossiers behind `part`."""

    part: int
    whole: int
    share: str
    link: str


@dataclass(frozen=True)
class Row:
    """The figures of a group."""

    name: str
    link: str | None
    received: int
    rates: list[Rate]
    reused: int
    unsigned: int
    unsigned_link: str


@routes.get(_PATH)
@reads
def papers(call: Call) -> str:
    """The figures of a period, and of each part of it."""
    query = asked(PapersPageIn)
    by = query.pop("by", PapersBy.AGENCY)
    counts = count_papers(call.tx, _filter(query), by, call.actor, call.now)
    spoken = _spoken(query, counts)
    return show(
        "board/papers.html",
        call.tx,
        call.actor,
        query.get("agency"),
        total=_row(counts.total, spoken, None),
        rows=[_row(group, spoken, by) for group in counts.groups],
        first=spoken["first"],
        last=spoken["last"],
        by=by,
        ways=_ways(by, spoken),
        kept={name: spoken[name] for name in ("first", "last")} | {"by": by.value},
    )


@routes.get(f"{_PATH}/ho-so")
@reads
def papers_of(call: Call) -> str:
    """The dossiers behind a figure."""
    query = asked(PapersPageListIn)
    part, figure = wanted(query), query.pop("figure")
    viewer = (call.actor, call.now)
    listed = answer(list_papers(call.tx, part, figure, _filter(query), viewer))
    here = {name: _text(value) for name, value in query.items()} | {"figure": figure.value}
    onward = listed["next"] and address(f"{_PATH}/ho-so", here, cursor=listed["next"])
    return show(
        "board/papers_of.html",
        call.tx,
        call.actor,
        query.get("agency"),
        title=_(PAPER_FIGURE_NAMES[figure]),
        back=address(_PATH, {**here, "figure": None}),
        items=listed["items"],
        next=onward,
    )


def _filter(query: Mapping[str, Any]) -> PaperFilter:
    first, last = query.get("first"), query.get("last")
    return PaperFilter(
        agency=query.get("agency"),
        procedure=query.get("procedure"),
        unit=query.get("unit"),
        since=_midnight(first) if first else None,
        before=_midnight(last + _DAY) if last else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _spoken(query: Mapping[str, Any], counts: PaperCounts) -> dict[str, str | None]:
    """The query as addresses say it, with the period that was counted."""
    first = query.get("first") or local(counts.since).date()
    last = query.get("last") or local(counts.before - timedelta(microseconds=1)).date()
    said = {name: _text(value) for name, value in query.items()}
    return {**said, "first": first.isoformat(), "last": last.isoformat()}


def _text(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _ways(by: PapersBy, spoken: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    names = {
        PapersBy.AGENCY: _("Cơ quan"),
        PapersBy.UNIT: _("Đơn vị chủ trì"),
        PapersBy.PROCEDURE: _("Thủ tục"),
    }
    return [
        (name, address(_PATH, spoken, by=each.value), each is by) for each, name in names.items()
    ]


def _row(group: PaperGroup, spoken: Mapping[str, Any], by: PapersBy | None) -> Row:
    here = {**spoken, **({by.value: group.key} if by else {})}

    def link(figure: PaperFigure) -> str:
        return address(f"{_PATH}/ho-so", here, figure=figure.value)

    return Row(
        name=group.name,
        link=address(_PATH, here, by=_next(by).value) if by else None,
        received=group.figures[_F.RECEIVED],
        rates=list(_rates(group, link)),
        reused=group.reused,
        unsigned=group.figures[_F.UNSIGNED],
        unsigned_link=link(_F.UNSIGNED),
    )


def _next(by: PapersBy) -> PapersBy:
    """What a group is broken down by when one goes into it."""
    return PapersBy.PROCEDURE if by is not PapersBy.PROCEDURE else PapersBy.AGENCY


_RATES = ((_F.DIGITISED, _F.WITH_PAPERS), (_F.REUSING, _F.RECEIVED), (_F.SIGNED, _F.RESULTS))


def _rates(group: PaperGroup, link: Any) -> Iterator[Rate]:
    for part, whole in _RATES:
        some, all_ = group.figures[part], group.figures[whole]
        yield Rate(some, all_, _share(some, all_), link(part))


def _share(part: int, whole: int) -> str:
    """A percentage of two decimals, rounded half up."""
    if not whole:
        return "—"
    share = (Decimal(100 * part) / whole).quantize(_FIRST, ROUND_HALF_UP)
    if 0 < part < whole:
        share = min(max(share, _FIRST), _LAST)
    return f"{share:.2f}".replace(".", ",") + " %"
