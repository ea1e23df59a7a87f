"""Why dossiers rested, and whether for longer than the reason allows (R16): by reason.

A pause that lasts past its limit is no overdue dossier, and is shown apart.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func

from engine.model.report import Cell, Column, Kind
from engine.model.standing import Standing
from engine.reports.bases import PAUSED_AT_END, PAUSES_BEGUN
from engine.reports.dimensions import Dimension, Path, as_it_is
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share, adds_up
from engine.reports.rules import rulebooks
from engine.reports.tally import counting
from engine.store.board_tables import spell

_REASON = func.coalesce(spell.c.reason, "")
_AT_END = "Đang tạm dừng lúc hết kỳ"
_OVER = spell.c.standing == Standing.PAUSED_OVERDUE


def _plan(tx: Connection, extent: Extent) -> Plan:
    known = {
        c: reason.name for rules in rulebooks(tx, extent) for c, reason in rules.pauses.items()
    }

    def names(tx: Connection, extent: Extent, paths: Collection[Path]) -> Mapping[Path, str]:
        return {path: known.get(path[0], path[0] or "Không rõ lý do") for path in paths}

    by_reason = Dimension(
        keys=lambda basis: (_REASON,),
        path=as_it_is,
        at=lambda extent, basis, path: _REASON.in_(path),
        names=names,
    )
    return Plan(
        title="Hồ sơ tạm dừng theo lý do",
        rows=by_reason,
        columns=[
            Counted(Column("begun", "Lượt tạm dừng trong kỳ"), (PAUSES_BEGUN,)),
            Counted(Column("paused", "Tổng số", group=_AT_END), (PAUSED_AT_END,)),
            Counted(Column("within", "Trong thời hạn", group=_AT_END), (PAUSED_AT_END,), ~_OVER),
            Counted(Column("over", "Quá thời hạn", group=_AT_END), (PAUSED_AT_END,), _OVER),
            Share(
                Column("share", "Tỷ lệ quá thời hạn", Cell.RATE),
                "over",
                ("paused",),
                "hồ sơ đang tạm dừng lúc hết kỳ",
            ),
        ],
        notes=[
            "Hồ sơ tạm dừng vì nhiều lý do cùng lúc tính theo lý do do người có thẩm quyền quyết"
            " định, không có thì theo lý do đầu tiên.",
            "Thời hạn là thời hạn của việc tạm dừng; hồ sơ tạm dừng quá thời hạn không tính là hồ"
            " sơ quá hạn giải quyết.",
        ],
        checks=[adds_up("Đang tạm dừng = trong + quá thời hạn", "paused", ("within", "over"))],
        paths=[(code,) for code in known],
    )


COUNTING = counting(Kind.PAUSES, _plan)
