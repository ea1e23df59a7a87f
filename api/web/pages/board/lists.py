"""Lists of the board: the dossiers of a group, narrowed down by chips, and those of a week."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.board import WeekListIn
from api.v1.schemas.supervision import SupervisedListIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show, without
from api.web.pages.board.charts import figure_names
from api.web.words import day
from bpmn.steps import STAGE_NAMES
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.supervised import supervised_agencies
from engine.queries.supervision import SupervisionFilter, list_supervised
from engine.queries.supervision_counts import By, count_supervised, names_for
from engine.queries.weeks import list_week

Chip = tuple[str, str]
"""What a filter says, and the address without it."""


@routes.get("/ho-so")
@reads
def group(call: Call) -> str:
    """The dossiers of a group."""
    query = asked(SupervisedListIn, standing=Standing.OVERDUE.value)
    spoken = _spoken(query)
    part, standing = wanted(query), query.pop("standing")
    chosen = SupervisionFilter(**query)
    listed = answer(list_supervised(call.tx, part, standing, chosen, call.actor))
    counts = count_supervised(call.tx, chosen, None, call.actor, call.now)
    return show(
        "board/list.html",
        call.tx,
        call.actor,
        chosen.agency,
        title=_(STANDING_NAMES[standing]),
        standing=standing,
        tabs=_tabs(counts.counts, spoken),
        number=counts.counts[standing],
        chips=_chips(call, spoken),
        filters=without(spoken, ("cursor", "limit")),
        stages=[(stage.value, _(name)) for stage, name in STAGE_NAMES.items()],
        items=listed["items"],
        next=listed["next"] and address("/ho-so", spoken, cursor=listed["next"]),
    )


@routes.get("/tuan")
@reads
def week(call: Call) -> str:
    """The dossiers behind a figure of a week."""
    query = asked(WeekListIn)
    part, agency = wanted(query), query.get("agency")
    monday, figure = query["monday"], query["figure"]
    found = list_week(call.tx, part, figure, monday, agency, (call.actor, call.now))
    listed = answer(found)
    here = {"monday": monday, "figure": figure.value, "agency": agency}
    said = {"name": figure_names()[figure], "day": day(monday)}
    return show(
        "board/week.html",
        call.tx,
        call.actor,
        agency,
        title=_("%(name)s, tuần từ %(day)s") % said,
        items=listed["items"],
        next=listed["next"] and address("/tuan", here, cursor=listed["next"]),
    )


def _spoken(query: Mapping[str, Any]) -> dict[str, Any]:
    """A query as an address says it."""
    return {name: _text(value) for name, value in query.items()}


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tabs(counts: Mapping[Standing, int], spoken: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every group under the same filters."""
    same = without(spoken, ("cursor", "standing"))
    return [
        {
            "standing": standing,
            "name": _(STANDING_NAMES[standing]),
            "number": counts[standing],
            "link": address("/ho-so", same, standing=standing.value),
            "here": standing.value == spoken["standing"],
        }
        for standing in Standing
    ]


def _chips(call: Call, spoken: Mapping[str, Any]) -> list[Chip]:
    """The filters in words; each can be taken away."""
    agencies = supervised_agencies(call.actor)
    said = []
    for name, value in spoken.items():
        if name not in ("standing", "cursor", "limit"):
            text = _in_words(call.tx, name, value, agencies)
            said.append((text, address("/ho-so", without(spoken, (name, "cursor")))))
    return said


def _in_words(tx: Connection, name: str, value: Any, agencies: frozenset[str]) -> str:
    if name in set(By):
        by = By(name)
        key = int(value) if by is By.HOLDER else value
        return f"{_kinds()[name]}: {names_for(tx, by, [key], agencies).get(key, str(value))}"
    if name in _flags():
        yes, no = _flags()[name]
        return yes if value == "true" else no
    if name == "lacking":
        return _("Chưa có: %(kind)s") % {"kind": _kinds()[value]}
    return f"{_kinds()[name]}: {value if name == 'field' else value[:10]}"


def _flags() -> Mapping[str, tuple[str, str]]:
    return {
        "unassigned": (_("Chưa ai nhận"), _("Đã có người nhận")),
        "unexplained": (_("Chưa ghi nguyên nhân"), _("Đã ghi nguyên nhân hoặc không trễ")),
    }


def _kinds() -> Mapping[str, str]:
    return {
        "agency": _("Cơ quan"),
        "unit": _("Đơn vị"),
        "holder": _("Người giữ"),
        "procedure": _("Thủ tục"),
        "stage": _("Giai đoạn"),
        "pause_reason": _("Lý do tạm dừng"),
        "overdue_cause": _("Nguyên nhân trễ"),
        "field": _("Lĩnh vực"),
        "due_from": _("Hạn từ"),
        "due_before": _("Hạn trước"),
        "processed_from": _("Xong từ"),
        "processed_before": _("Xong trước"),
    }
