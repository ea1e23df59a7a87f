"""Reports: asked for, looked at with charts, taken along as files, and the dossiers behind them."""

from typing import Any

from werkzeug.exceptions import NotFound

from api.edge import Call
from api.paging import answer, wanted
from api.report_files import Format, ReportFile
from api.sending import Later
from api.v1.schemas.report_pages import FigurePageIn
from api.web.edge import reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes
from api.web.pages.board.index_days import over_time
from api.web.pages.board.report_asking import PATH, Choosing, Wanted, choosing, quick_periods
from api.web.pages.board.report_charts import charts
from api.web.pages.board.report_words import kind_names, table_of
from engine.errors import EngineError
from engine.model.actor import Permission, has, may_at
from engine.model.report import Period, Report
from engine.queries.report_dossiers import list_figure
from engine.queries.reports import count_report
from engine.reports.asked import Asked, Figure
from engine.reports.scene import LEVEL_NAMES


@routes.get(PATH)
@reads
def report(call: Call) -> Any:
    """The report that is asked for, or the form with what keeps it from being counted."""
    choosing_ = choosing(call)
    counted = _counted(call, choosing_)
    page = render(
        "board/report.html",
        **_frame(call, choosing_),
        report=counted,
        **(_shown(call, choosing_.wanted, counted) if choosing_.wanted and counted else {}),
    )
    return page, 200 if counted else 422


@routes.get(f"{PATH}/tep.<any(csv, xlsx, pdf):ending>")
@reads
def report_file(call: Call, ending: str) -> Later:
    """The report as a file."""
    wanted_ = choosing(call).wanted
    if wanted_ is None:
        raise NotFound
    counted = count_report(call.tx, wanted_.kind, wanted_.asked, call.actor)
    return ReportFile(counted, Format(ending), call.actor.full_name)


@routes.get(f"{PATH}/ho-so")
@reads
def behind(call: Call) -> str:
    """The dossiers behind a figure."""
    query = asked(FigurePageIn)
    part, figure = wanted(query), Figure(query.pop("row"), query.pop("column"))
    here = {**_text(query), "row": figure.row, "column": figure.column}
    kind, about = query.pop("kind"), _asked(call, query)
    counted = count_report(call.tx, kind, about, call.actor)
    listed = answer(list_figure(call.tx, part, kind, about, figure, call.actor))
    return render(
        "board/report_behind.html",
        **tabs(call),
        report=counted,
        title=_title(counted, figure),
        back=address(PATH, here, row=None, column=None),
        items=listed["items"],
        next=listed["next"] and address(f"{PATH}/ho-so", here, cursor=listed["next"]),
    )


def _counted(call: Call, choosing_: Choosing) -> Report | None:
    """The report; None with its reason beside the form where it cannot be counted."""
    if choosing_.wanted is None:
        return None
    try:
        return count_report(call.tx, choosing_.wanted.kind, choosing_.wanted.asked, call.actor)
    except EngineError as refused:
        choosing_.entered.refuse(refused)
        return None


def _frame(call: Call, choosing_: Choosing) -> dict[str, Any]:
    return {
        **tabs(call),
        "entered": choosing_.entered,
        "choices": choosing_.choices,
        "kinds": kind_names(),
        "level_names": {level: _(name) for level, name in LEVEL_NAMES.items()},
        "periods": quick_periods(call, choosing_.wanted),
    }


def tabs(call: Call) -> dict[str, Any]:
    """What the frame of the board wants to know."""
    return {
        "agency": None,
        "to": address,
        "supervises": has(call.actor, Permission.DOSSIER_SUPERVISE),
        "may_press": has(call.actor, Permission.TASK_PRESS),
        "may_assign": has(call.actor, Permission.TASK_ASSIGN),
    }


def _shown(call: Call, wanted_: Wanted, counted: Report) -> dict[str, Any]:
    def link(row: str, column: str) -> str:
        return wanted_.address("/ho-so", row=row, column=column)

    return {
        "charts": charts(counted, link),
        "over_time": over_time(call, wanted_),
        "table": table_of(counted, link),
        "files": [(each, wanted_.address(f"/tep.{each}")) for each in Format],
        "register": _register(call, counted),
        "may_send": may_at(call.actor, Permission.REPORT_SEND, counted.agency.code),
        "here": wanted_.here,
    }


def _register(call: Call, counted: Report) -> str | None:
    """The register of the same agency and days, where one may read it."""
    if not may_at(call.actor, Permission.REGISTER_READ, counted.agency.code):
        return None
    days = counted.period
    since, until = (f"{day:%d/%m/%Y}" for day in (days.start, days.end))
    return f"/so-theo-doi?co-quan={counted.agency.code}&since={since}&until={until}"


def _title(counted: Report, figure: Figure) -> str:
    """What the figure is called: its column, then its row."""
    rows = {row.key: row.label for row in (*counted.rows, counted.total)}
    columns = {column.key: column for column in counted.columns}
    column = columns[figure.column]
    named = " – ".join(filter(None, (column.group, column.title)))
    return f"{named}: {rows.get(figure.row, figure.row)}"


def _asked(call: Call, query: dict[str, Any]) -> Asked:
    days = Period(query.pop("first"), query.pop("last"))
    return Asked(query.pop("agency"), days, call.now, **query)


def _text(query: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else str(v) for k, v in query.items()}
