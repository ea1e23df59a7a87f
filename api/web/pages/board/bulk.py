"""Pressing the holders of many dossiers, or giving these to someone: first a page that lists what
will happen, then one that says what came of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from api.apart import each
from api.edge import Call
from api.services import services
from api.v1.schemas.board import MOST_AT_ONCE, AssignTickedIn, PressTickedIn
from api.web.edge import acts_apart, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.board.asking import routes, show, ticked
from engine.commands import supervising
from engine.commands.acting import Target, require_somewhere
from engine.model.actor import Permission
from engine.queries.hands import in_hands, takers

Act = Callable[[Connection, str], object]


@routes.get("/don-doc")
@reads
def ask_to_press(call: Call) -> Any:
    """Whom it will reach; nothing happens yet."""
    require_somewhere(call.actor, Permission.TASK_PRESS, _("đôn đốc hồ sơ"))
    return _press_page(call, nothing_yet())


@routes.post("/don-doc")
@acts_apart
def press(call: Call) -> Any:
    """Press them, each for itself."""
    require_somewhere(call.actor, Permission.TASK_PRESS, _("đôn đốc hồ sơ"))
    entered = _read(PressTickedIn)

    def one(tx: Connection, code: str) -> None:
        command = supervising.PressDossier(Target(code), entered.data["note"])
        supervising.press_dossier(tx, command, call.actor, call.now)

    return _done(call, entered, one, _("Đã đôn đốc")) or _afresh(call, _press_page, entered)


@routes.get("/giao-viec")
@reads
def ask_to_assign(call: Call) -> Any:
    """Who could have them; nothing happens yet."""
    require_somewhere(call.actor, Permission.TASK_ASSIGN, _("giao việc của hồ sơ"))
    return _assign_page(call, nothing_yet())


@routes.post("/giao-viec")
@acts_apart
def assign(call: Call) -> Any:
    """Give them to someone, each for itself."""
    require_somewhere(call.actor, Permission.TASK_ASSIGN, _("giao việc của hồ sơ"))
    entered = _read(AssignTickedIn)

    def one(tx: Connection, code: str) -> None:
        to, note = entered.data["assignee"], entered.data.get("note")
        command = supervising.ReassignDossier(Target(code), to, note)
        supervising.reassign_dossier(tx, command, call.actor, call.now)

    return _done(call, entered, one, _("Đã giao")) or _afresh(call, _assign_page, entered)


def _read(schema: Any) -> Entered:
    entered = read(schema)
    if len(ticked()) > MOST_AT_ONCE:
        said = _("Mỗi lần nhiều nhất %(number)s hồ sơ. Hãy bỏ chọn bớt.")
        entered.errors["_"] = [said % {"number": MOST_AT_ONCE}]
    return entered


def _press_page(call: Call, entered: Entered) -> str:
    hands = in_hands(call.tx, ticked(), call.actor)
    return show(
        "board/press.html", call.tx, call.actor, None, hands=hands, entered=entered,
        reached=[hand for hand in hands if hand.step_name],
    )  # fmt: skip


def _assign_page(call: Call, entered: Entered) -> str:
    hands = in_hands(call.tx, ticked(), call.actor)
    reached = [hand for hand in hands if hand.step_name]
    people = takers(call.tx, [hand.code for hand in reached], call.actor)
    return show(
        "board/assign.html", call.tx, call.actor, None, hands=hands, entered=entered,
        reached=reached, takers=people,
    )  # fmt: skip


def _done(call: Call, entered: Entered, act: Act, said: str) -> Any:
    """What came of it, dossier by dossier; None where the form has to be mended."""
    if not entered.is_good:
        return None
    outcomes = each(services().database, ticked(), act)
    with services().database.reading() as tx:
        hands = {hand.code: hand for hand in in_hands(tx, ticked(), call.actor)}
        return show(
            "board/outcomes.html", tx, call.actor, None, outcomes=outcomes, said=said, hands=hands
        )


def _afresh(call: Call, page: Callable[[Call, Entered], str], entered: Entered) -> Any:
    with services().database.reading() as tx:
        return page(replace(call, tx=tx), entered), 422
