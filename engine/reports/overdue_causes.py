"""Why dossiers were late: by field and unit, and by the causes that the office's rules know (R14).

A dossier is late that was finished late in the period, or was overdue when it ended. Causes are
those recorded until now: one told after the period counts too.
"""

from sqlalchemy import ColumnElement, Connection, and_

from engine.model.report import Cell, Column, Kind
from engine.reports.bases import OVERDUE_AT_END, RESOLVED_LATE
from engine.reports.dimensions import BY_UNIT
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share, adds_up
from engine.reports.rules import rulebooks
from engine.reports.tally import counting
from engine.store.tables import dossier

_CAUSE = dossier.c.overdue_cause
_LATE, _CAUSES = "Hồ sơ quá hạn", "Nguyên nhân"
_OF = "tổng số hồ sơ quá hạn: đã giải quyết quá hạn trong kỳ và đang quá hạn lúc hết kỳ"


def _plan(tx: Connection, extent: Extent) -> Plan:
    known = {c: cause.name for rules in rulebooks(tx, extent) for c, cause in rules.causes.items()}
    by_cause = [
        *(
            _late(f"cause_{code}", name, _CAUSES, _CAUSE.in_([code]))
            for code, name in known.items()
        ),
        _late("cause_before", "Theo quy định cũ", _CAUSES, _told(_CAUSE.not_in(known))),
        _late("unexplained", "Chưa ghi", _CAUSES, _CAUSE.is_(None)),
    ]
    return Plan(
        title="Hồ sơ quá hạn theo nguyên nhân",
        rows=BY_UNIT,
        columns=[
            _late("late", "Tổng số", _LATE),
            Counted(Column("done_late", "Đã giải quyết", group=_LATE), (RESOLVED_LATE,)),
            Counted(Column("open_late", "Đang giải quyết", group=_LATE), (OVERDUE_AT_END,)),
            *by_cause,
            _late("explained", "Đã ghi nguyên nhân", None, _CAUSE.is_not(None)),
            Share(Column("share", "Tỷ lệ đã ghi", Cell.RATE), "explained", ("late",), _OF),
        ],
        notes=[
            "Hồ sơ đang tạm dừng không tính là quá hạn.",
            "Nguyên nhân tính theo ghi nhận đến lúc lập báo cáo.",
        ],
        checks=[
            adds_up(
                "Quá hạn = đã giải quyết + đang giải quyết", "late", ("done_late", "open_late")
            ),
            adds_up("Quá hạn = cộng các nguyên nhân", "late", [c.column.key for c in by_cause]),
        ],
    )


def _told(where: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_CAUSE.is_not(None), where)


def _late(
    key: str, title: str, group: str | None, where: ColumnElement[bool] | None = None
) -> Counted:
    return Counted(Column(key, title, group=group), (RESOLVED_LATE, OVERDUE_AT_END), where)


COUNTING = counting(Kind.OVERDUE_CAUSES, _plan)
