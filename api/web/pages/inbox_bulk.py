"""Many tasks at once: first what would happen to each and why not, then what became of each."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.batches import Batch, do_all
from api.edge import Call
from api.web.dossier.issuing import PASSPHRASE
from api.web.edge import acts_apart, came_from, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.signing_batch import reachable, sign_apart
from engine.commands.bulk import MOST, Bulk, BulkAct, BulkTask
from engine.commands.bulk_plan import Planned, plan
from engine.queries import people

routes = Blueprint("inbox_bulk", __name__, url_prefix="/viec/hang-loat")
_LONGEST = 100
_MOST_NUMBER = 2**31 - 1


@routes.post("")
@reads
def show(call: Call) -> Any:
    """What would happen to each task that was chosen."""
    tasks, act = _tasks(), _act()
    if not 0 < len(tasks) <= MOST:
        flash(_("Hãy chọn ít nhất một việc, nhiều nhất 200 việc một lần."), "error")
        return redirect(came_from(), 303)
    bulk = _bulk(act)
    planned = plan(call.tx, bulk, tasks, call.actor, call.now)
    decisions = _decisions(planned)
    if act is BulkAct.DECIDE and bulk.decision is None and decisions:
        bulk = _bulk(act, next(iter(decisions)))
        planned = plan(call.tx, bulk, tasks, call.actor, call.now)
    return render(
        "inbox/bulk.html",
        bulk=bulk,
        planned=planned,
        ready=[one for one in planned if one.refusal is None],
        decisions=decisions,
        people=_people(call, planned) if act is BulkAct.ASSIGN else [],
        causes=_causes(planned) if _wants_cause(planned, bulk) else [],
        back=request.form.get("back") or came_from(),
        signs=any(one.signs for one in planned if one.refusal is None),
        certificates=reachable(call.tx, call.actor),
    )


@routes.post("/lam")
@acts_apart
def do(call: Call) -> str | AnyResponse:
    """Do it to each, in a transaction of its own, and say what became of each."""
    tasks, bulk = _tasks(), _bulk(_act())
    if len(tasks) > MOST:
        abort(400)
    names = dict(zip(request.form.getlist("task"), request.form.getlist("name"), strict=False))
    if bulk.act is BulkAct.DECIDE and PASSPHRASE in request.form:
        return sign_apart(call, bulk, tasks)
    outcomes = do_all(Batch(bulk, call.actor, call.now, request.form.get("once")), tasks)
    return render(
        "inbox/done.html",
        bulk=bulk,
        outcomes=[(outcome, names.get(_text(task), "")) for task, outcome in outcomes],
        done=sum(outcome.done for _task, outcome in outcomes),
        back=request.form.get("back", url_for("inbox.index")),
    )


def _tasks() -> list[BulkTask]:
    """Those of the form, as `code:place:revision`; anything else was not sent by our page."""
    return list(dict.fromkeys(map(_task, request.form.getlist("task"))))


def _task(text: str) -> BulkTask:
    code, _colon, rest = text.partition(":")
    place, _colon, revision = rest.partition(":")
    numbers = (place, revision)
    if not code or len(code) > _LONGEST or not all(n.isascii() and n.isdigit() for n in numbers):
        abort(400)
    if max(len(place), len(revision)) > 9:
        abort(400)
    return BulkTask(code, int(place), int(revision))


def _text(task: BulkTask) -> str:
    return f"{task.dossier}:{task.place}:{task.revision}"


def _act() -> BulkAct:
    chosen = request.form.get("act", "")
    if chosen not in set(BulkAct):
        abort(400)
    return BulkAct(chosen)


def _bulk(act: BulkAct, decision: str | None = None) -> Bulk:
    given = {name: request.form.get(name, "")[:_LONGEST] or None for name in _PARTICULARS}
    assignee = given["assignee"] or ""
    return Bulk(
        act,
        assignee=int(assignee) if assignee.isascii() and assignee.isdigit() else None,
        decision=decision or given["decision"],
        cause=given["cause"],
    )


_PARTICULARS = ("assignee", "decision", "cause")


def _decisions(planned: Iterable[Planned]) -> dict[str, str]:
    """What may be decided for at least one of them."""
    found: dict[str, str] = {}
    for one in planned:
        found = {**(one.decisions or {}), **found}
    return found


def _wants_cause(planned: Iterable[Planned], bulk: Bulk) -> bool:
    return bulk.cause is not None or any(one.wants_cause for one in planned)


def _causes(planned: Iterable[Planned]) -> list[tuple[str, str]]:
    found = {cause.code: cause.name for one in planned for cause in one.causes}
    return list(found.items())


def _people(call: Call, planned: Iterable[Planned]) -> list[tuple[int, str]]:
    """Those whom at least one of the tasks is meant for."""
    kinds = {
        (one.open.role, one.open.agency, one.open.unit): one.open for one in planned if one.open
    }
    found = {
        person.id: person.full_name
        for task in kinds.values()
        for person in people.candidates(call.tx, task)
    }
    return sorted(found.items(), key=lambda person: person[1])
