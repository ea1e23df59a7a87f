"""How much work each officer had (R39): tasks done, dossiers held, hours held and beyond limits.

What waited with nobody counts for the agency, not for a person.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, select

from engine.model.report import Cell, Column, Kind
from engine.reports.bases import HOLDINGS, TASKS_DONE, Basis
from engine.reports.dimensions import Dimension, Path, as_it_is
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share
from engine.reports.tally import counting
from engine.store.tables import task, user
from engine.store.time_tables import holding

_NOBODY, _NO_PERSON = "Chưa ai nhận", "Hệ thống"
_LATE = holding.c.late > 0


def _keys(basis: Basis) -> tuple[ColumnElement[str], ...]:
    """The agency and who it was: who completed a task, or who had it until then."""
    who = task.c.closed_by if basis is TASKS_DONE else cast(holding.c.holder, String)
    return holding.c.agency, func.coalesce(who, "")


def _at(extent: Extent, basis: Basis, path: Path) -> ColumnElement[bool]:
    return and_(*(column == part for column, part in zip(_keys(basis), path, strict=False)))


def _names(tx: Connection, extent: Extent, paths: Collection[Path]) -> Mapping[Path, str]:
    agencies = extent.scene.agencies
    ids = {int(person) for _, *people in paths for person in people if person.isdecimal()}
    query = select(user.c.id, user.c.full_name).where(user.c.id.in_(ids))
    people = {"": _NOBODY, **{str(id_): name for id_, name in tx.execute(query)}}
    return {p: agencies[p[0]].name if len(p) == 1 else people.get(p[1], _NO_PERSON) for p in paths}


_BY_OFFICER = Dimension(_keys, as_it_is, _at, _names)


def _plan(tx: Connection, extent: Extent) -> Plan:
    return Plan(
        title="Khối lượng công việc của cán bộ",
        rows=_BY_OFFICER,
        columns=[
            Counted(Column("done", "Việc đã hoàn thành"), (TASKS_DONE,)),
            Counted(
                Column("dossiers", "Hồ sơ đã giữ"), (HOLDINGS,), different=holding.c.dossier_id
            ),
            _of("held", "Lượt giữ việc", Cell.COUNT),
            _of("late", "Lượt giữ quá hạn bước", Cell.COUNT, _LATE),
            Share(
                Column("share", "Tỷ lệ giữ quá hạn", Cell.RATE),
                "late", ("held",), "lượt giữ việc kết thúc trong kỳ",
            ),
            _of("worked", "Thời gian giữ", Cell.SPAN, None, holding.c.worked),
            _of("beyond", "Trong đó vượt hạn bước", Cell.SPAN, None, holding.c.late),
        ],
        notes=[
            "Tính các lượt giữ việc kết thúc trong kỳ; hồ sơ qua tay nhiều người tính cho từng"
            " người.",
            "Giờ là giờ làm việc, không kể lúc hồ sơ tạm dừng.",
        ],
    )  # fmt: skip


def _of(
    key: str,
    title: str,
    kind: Cell,
    where: ColumnElement[bool] | None = None,
    amount: ColumnElement[int] | None = None,
) -> Counted:
    return Counted(Column(key, title, kind), (HOLDINGS,), where, amount)


COUNTING = counting(Kind.WORKLOAD, _plan)
