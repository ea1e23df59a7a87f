"""The first page of the board: what must be done now, who has it, and how the weeks went."""

from dataclasses import dataclass
from typing import Any

from api.edge import Call
from api.v1.schemas.board import OverviewIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from api.web.pages.board.charts import breakdown, week_charts
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.overview import PAUSED, Overview, overview
from engine.queries.petitions import count_petitions
from engine.queries.supervision import SupervisionFilter
from engine.queries.supervision_counts import By, count_supervised
from engine.queries.weeks import weekly


@dataclass(frozen=True)
class Matter:
    """A group with what to do about it; `parts` are those of it that want more."""

    standing: Standing
    name: str
    number: int
    todo: str
    link: str
    parts: list[tuple[str, str]]


@routes.get("")
@reads
def index(call: Call) -> str:
    """What must be done now."""
    query = asked(OverviewIn)
    agency = query.get("agency")
    found = overview(call.tx, agency, call.actor, call.now)
    by = query.get("by") or (By.AGENCY if len(found.agencies) > 1 and not agency else By.UNIT)
    chosen = SupervisionFilter(agency)
    counts = count_supervised(call.tx, chosen, by, call.actor, call.now)
    weeks = weekly(call.tx, agency, call.actor, call.now)
    return show(
        "board/overview.html",
        call.tx,
        call.actor,
        agency,
        matters=[_matter(found, standing, agency) for standing in _IN_ORDER],
        reasons=_reasons(found, agency),
        petitions=count_petitions(call.tx, call.actor, call.now),
        chart=breakdown(by, counts.groups, agency),
        weeks=week_charts(weeks, agency),
    )


_IN_ORDER = (
    Standing.OVERDUE,
    Standing.PAUSED_OVERDUE,
    Standing.NEAR_DUE,
    Standing.INTAKE,
    Standing.DONE_LATE,
    Standing.PAUSED,
    Standing.ON_TRACK,
)


def _todo(standing: Standing) -> str:
    return {
        Standing.OVERDUE: _("Đôn đốc hoặc giao lại ngay."),
        Standing.PAUSED_OVERDUE: _("Cho tiếp tục, hoặc hỏi bên đang chờ."),
        Standing.NEAR_DUE: _("Xem ai giữ, nhắc trước khi trễ."),
        Standing.INTAKE: _("Trả lời trong 8 giờ làm việc."),
        Standing.DONE_LATE: _("Trong 92 ngày qua. Ghi đủ nguyên nhân."),
        Standing.PAUSED: _("Theo dõi thời hạn tạm dừng."),
        Standing.ON_TRACK: _("Chưa cần làm gì."),
    }[standing]


def _matter(found: Overview, standing: Standing, agency: str | None) -> Matter:
    def link(**more: Any) -> str:
        return address("/ho-so", standing=standing.value, agency=agency, **more)

    parts = []
    if free := found.unassigned[standing] if standing in _HELD else 0:
        parts.append((_("%(number)s chưa ai nhận") % {"number": free}, link(unassigned="true")))
    if silent := found.unexplained[standing]:
        said = _("%(number)s chưa ghi nguyên nhân") % {"number": silent}
        parts.append((said, link(unexplained="true")))
    name, number = _(STANDING_NAMES[standing]), found.counts[standing]
    return Matter(standing, name, number, _todo(standing), link(), parts)


_HELD = (Standing.OVERDUE, Standing.NEAR_DUE, Standing.INTAKE, Standing.ON_TRACK)
"""Groups in which it is somebody's turn: elsewhere nobody need hold the dossier."""


def _reasons(found: Overview, agency: str | None) -> list[dict[str, Any]]:
    """Why dossiers rest: those beyond the limit first."""
    within, over = (found.paused[standing] for standing in PAUSED)
    codes = {code: found.reasons.get(code, code) for code in (*within, *over)}

    def link(standing: Standing, code: str) -> str:
        return address("/ho-so", standing=standing.value, pause_reason=code, agency=agency)

    return [
        {
            "name": name,
            "within": (within.get(code, 0), link(PAUSED[0], code)),
            "over": (over.get(code, 0), link(PAUSED[1], code)),
        }
        for code, name in sorted(
            codes.items(), key=lambda each: (-over.get(each[0], 0), -within.get(each[0], 0))
        )
    ]
