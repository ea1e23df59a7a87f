"""The heat of procedures: a drawing with what waits at each step, and a table that says it too."""

from flask import Response
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.board import HeatPageIn, OverviewIn
from api.web.edge import reads
from api.web.pages.board.asking import address, asked, routes, show, without
from api.web.pages.board.charts import breakdown
from api.web.pages.board.heat_map import HeatMap, measures
from bpmn.drawings import Drawing
from engine.queries.drawing import name_of, source
from engine.queries.heat import Heat, HeatFilter, StepHeat, heat, list_waiting
from engine.queries.procedures import procedure
from engine.queries.responsibility import unit_names
from engine.queries.supervision import SupervisionFilter
from engine.queries.supervision_counts import By, count_supervised

WEEKS = (4, 8, 26, 52)


@routes.get("/quy-trinh")
@reads
def choose(call: Call) -> str:
    """The procedures of open dossiers, those with most overdue first."""
    agency = asked(OverviewIn).get("agency")
    chosen = SupervisionFilter(agency)
    counts = count_supervised(call.tx, chosen, By.PROCEDURE, call.actor, call.now)
    chart = breakdown(By.PROCEDURE, counts.groups, agency).chart
    codes = {group.name: group.key for group in counts.groups}
    links = {name: address(f"/quy-trinh/{code}", agency=agency) for name, code in codes.items()}
    return show("board/procedures.html", call.tx, call.actor, agency, chart=chart, links=links)


@routes.get("/quy-trinh/<code:code>")
@reads
def map_(call: Call, code: str) -> str:
    """Where the dossiers of a procedure wait, and where time is lost."""
    query = asked(HeatPageIn)
    part = wanted(query)
    chosen = HeatFilter(code, None, query.get("agency"), query["weeks"])
    found = heat(call.tx, chosen, call.actor, call.now)
    here, spoken = f"/quy-trinh/{code}", without(query, ("step",))
    step = _chosen(found, query.get("step"))
    sheet = _sheet(found, query.get("drawing"), step)
    waiting = answer(list_waiting(call.tx, part, chosen, step.id, call.actor)) if step else None
    measure = measures()[query["measure"]]
    shown = HeatMap(found, measure, spoken)
    return show(
        "board/heat.html",
        call.tx,
        call.actor,
        chosen.agency,
        procedure=found.procedure.facts,
        weeks=chosen.weeks,
        measure=query["measure"],
        measures={
            word: (each.name, address(here, spoken, measure=word))
            for word, each in measures().items()
        },
        periods=[(n, address(here, spoken, weeks=n)) for n in WEEKS],
        drawings=[shown.sheet(each, each is sheet) for each in found.procedure.drawings],
        source=address(f"{here}/ban-ve/{name_of(sheet.file)}"),
        picture=shown.picture(sheet),
        rows=[shown.row(each) for each in found.steps],
        legend=shown.legend(),
        step=step and shown.row(step),
        units=unit_names(call.tx, {task.agency for task in waiting["items"]}) if waiting else {},
        waiting=waiting and waiting["items"],
        next=waiting and waiting["next"] and address(here, query, cursor=waiting["next"]),
    )


@routes.get("/quy-trinh/<code:code>/ban-ve/<code:name>")
@reads
def drawing(call: Call, code: str, name: str) -> Response:
    """The XML of a drawing."""
    found = source(procedure(call.tx, code), name)
    if found is None:
        raise NotFound
    return Response(found, content_type="application/xml; charset=utf-8")


def _chosen(found: Heat, id_: str | None) -> StepHeat | None:
    return next((step for step in found.steps if step.id == id_), None)


def _sheet(found: Heat, name: str | None, step: StepHeat | None) -> Drawing:
    """The drawing asked for, else the one of the step, else that of the procedure."""
    drawn = found.procedure.drawings
    if name is not None:
        named = next((each for each in drawn if name_of(each.file) == name), None)
        if named is None:
            raise NotFound
        return named
    return next((each for each in drawn if step and each.file == step.drawing), drawn[0])
