"""Running dossiers taken to another version: chosen, mapped, tried, carried out, watched."""

from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.fields import MOST_TEXT, Choice, Code, Day, In, Text
from api.paging import PageIn, answer, wanted
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, understand
from api.web.language import gettext as _
from api.web.pages.admin.scope import Scope, asked, scope_of, show
from bpmn.succession import Move
from engine.commands.dossier_migrations import (
    PlanMigration,
    plan_migration,
    start_migration,
    stop_migration,
)
from engine.deadlines.calendar import VIETNAM
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.migration import STATE_NAMES, VERDICT_NAMES, Limits, State, Verdict
from engine.model.migration import Choice as Chosen
from engine.queries import dossier_migrations as queries
from engine.queries.drawing import source
from engine.queries.migration_plan import MigrationPlan, behind, migration_plan, newest
from engine.store import definitions

routes = Blueprint("admin_migrations", __name__)
HERE = "/quan-tri/chuyen-phien-ban"
NEW = f"{HERE}/moi"
ONE = f"{HERE}/<number:migration>"
_MAPS = "buoc-"
"""Begins the names of fields that say what stands for an old step, by its number in the list."""
_TRIAL = (State.TRYING, State.TRIED)
_AT_WORK = (State.TRYING, State.RUNNING)


class ListedIn(PageIn):
    """Dossiers of which verdict."""

    verdict = Choice(Verdict)


class PlanForm(In):
    """What is typed; steps are mapped by fields of their own."""

    tu = Code(required=True)
    den = Code(required=True)
    ground = Text(MOST_TEXT, 1, required=True)
    limits = Choice(Limits, load_default=Limits.KEPT)
    step = Code(load_default=None)
    received_from = Day(load_default=None)
    received_until = Day(load_default=None)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """What runs on which version, and the migrations so far."""
    scope = scope_of(call, Permission.DOSSIER_MIGRATE)
    found = answer(queries.list_migrations(call.tx, wanted(asked(PageIn)), call.actor))
    running = [
        (each, _newest(call, each.procedure, scope))
        for each in behind(call.tx, scope.chosen, call.actor)
    ]
    return show(
        call,
        "migrations.html",
        scope=scope,
        behind=[(each, new) for each, new in running if new and new != each.version],
        migrations=found["items"],
        next=found["next"],
        STATE_NAMES=STATE_NAMES,
    )


@routes.get(NEW)
@reads
def plan(call: Call) -> str:
    """The two versions side by side, and the form that maps them."""
    return _form(call, request.args.get("tu", ""), request.args.get("den"), nothing_yet())


@routes.post(NEW)
@acts
def choose(call: Call) -> Any:
    """Choose the dossiers and have each tried."""
    typed = {k: v for k, v in request.form.items() if not k.startswith(_MAPS)}
    entered = understand(PlanForm, typed)
    if entered.is_good:
        try:
            number, count = plan_migration(call.tx, _command(call, entered), call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
        else:
            flash(_("Đã chọn {count} hồ sơ; đang chạy thử từng hồ sơ.").format(count=count), "ok")
            return redirect(f"{HERE}/{number}", 303)
    return _form(call, typed.get("tu", ""), typed.get("den"), entered), 422


@routes.get(ONE)
@reads
def one(call: Call, migration: int) -> str:
    """How far it has come, and dossier by dossier."""
    query = asked(ListedIn)
    verdict = query.get("verdict")
    view = queries.migration(call.tx, migration, call.actor)
    found = queries.dossiers_of(call.tx, migration, wanted(query), verdict, call.actor)
    listed = answer(found)
    counts = {each: view.counts.get(each, 0) for each in Verdict}
    left = counts[Verdict.UNKNOWN if view.migration.state in _TRIAL else Verdict.POSSIBLE]
    return show(
        call,
        "migration.html",
        view=view,
        name=definitions.version(call.tx, view.migration.version).facts.name,
        counts=counts,
        total=sum(counts.values()),
        left=left,
        at_work=view.migration.state in _AT_WORK,
        verdicts=VERDICT_NAMES,
        verdict=verdict,
        dossiers=listed["items"],
        next=listed["next"],
    )


@routes.post(f"{ONE}/bat-dau")
@acts
def start(call: Call, migration: int) -> AnyResponse:
    """Let the dossiers that can go over do so."""
    start_migration(call.tx, migration, call.actor, call.now)
    flash(_("Đang chuyển lần lượt từng hồ sơ. Có thể dừng bất cứ lúc nào."), "ok")
    return redirect(f"{HERE}/{migration}", 303)


@routes.post(f"{ONE}/dung")
@acts
def stop(call: Call, migration: int) -> AnyResponse:
    """Stop before the next dossier."""
    stop_migration(call.tx, migration, call.actor, call.now)
    flash(_("Đã dừng. Hồ sơ đã chuyển vẫn theo phiên bản mới."), "ok")
    return redirect(f"{HERE}/{migration}", 303)


@routes.get(f"{HERE}/ban-ve/<code:version>/<code:name>")
@reads
def diagram(call: Call, version: str, name: str) -> Response:
    """The XML of a drawing of one version, for the script that draws it."""
    scope_of(call, Permission.DOSSIER_MIGRATE)
    text = source(definitions.version(call.tx, version), name)
    if text is None:
        raise NotFound
    return Response(text, content_type="application/xml; charset=utf-8")


def _form(call: Call, old: str, new: str | None, entered: Entered) -> str:
    scope = scope_of(call, Permission.DOSSIER_MIGRATE)
    procedure = definitions.version(call.tx, old).facts.code
    to = new or newest(call.tx, procedure, scope.chosen, call.now)
    found = migration_plan(call.tx, scope.chosen, old, to, call.actor)
    return show(
        call,
        "migration_plan.html",
        scope=scope,
        plan=found,
        mapped={f"{_MAPS}{n}": _said(n, move) for n, move in enumerate(found.moves)},
        entered=entered,
        limits=Limits,
    )


def _said(number: int, move: Move) -> str:
    return request.form.get(f"{_MAPS}{number}", move.stays or "")


def _command(call: Call, entered: Entered) -> PlanMigration:
    data, scope = entered.data, scope_of(call, Permission.DOSSIER_MIGRATE)
    found = migration_plan(call.tx, scope.chosen, data["tu"], data["den"], call.actor)
    return PlanMigration(
        procedure=found.procedure,
        version=data["den"],
        agency=scope.chosen,
        ground=data["ground"],
        steps=_steps(found),
        limits=data["limits"],
        choice=Chosen(
            version=data["tu"],
            step=data["step"],
            received_from=_morning(data["received_from"]),
            received_before=_morning(data["received_until"], days=1),
        ),
    )


def _steps(found: MigrationPlan) -> dict[str, str]:
    """What a person said beyond what is so by itself."""
    said = ((move, _said(number, move)) for number, move in enumerate(found.moves))
    return {move.place.path: to for move, to in said if to and to != move.stays}


def _morning(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(date.fromordinal(day.toordinal() + days), time.min, VIETNAM)


def _newest(call: Call, procedure: str, scope: Scope) -> str | None:
    try:
        return newest(call.tx, procedure, scope.chosen, call.now)
    except EngineError:
        return None
