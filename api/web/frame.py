"""What surrounds every page: the places one may go to, who one is, and what was just said."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from flask import Flask, g, render_template, request

from api.edge import Call
from api.web.language import gettext as _
from bpmn.roles import ROLE_NAMES, Role
from engine.model.actor import Actor, Permission, has
from engine.queries.agencies import name_of
from engine.queries.people import names_of
from engine.queries.search import may_search

_CLERKS = frozenset(
    {
        Role.RECEPTION_OFFICER,
        Role.SPECIALIST,
        Role.LEADER,
        Role.REGISTRY_CLERK,
        Role.CASHIER,
    }
)
_ADMINISTRATION = (
    Permission.USER_MANAGE,
    Permission.CALENDAR_ANNOUNCE,
    Permission.RULEBOOK_PUBLISH,
    Permission.OFFICE_LOG_READ,
    Permission.PROCEDURE_DRAFT,
)


@dataclass(frozen=True)
class Place:
    """One of the at most five places of the frame."""

    path: str
    name: str
    icon: str


def places(actor: Actor) -> list[Place]:
    """The places that someone's roles open, the most used first."""
    found = []
    if any(grant.role in _CLERKS for grant in actor.grants):
        found.append(Place("/viec", _("Việc của tôi"), "inbox"))
    if has(actor, Permission.DOSSIER_RECEIVE):
        found.append(Place("/tiep-nhan", _("Tiếp nhận"), "file-plus"))
    if has(actor, Permission.PAYMENT_RECONCILE):
        found.append(Place("/doi-soat", _("Đối soát"), "wallet"))
    if has(actor, Permission.DOSSIER_SUPERVISE):
        found.append(Place("/dieu-hanh", _("Điều hành"), "gauge"))
    elif has(actor, Permission.REPORT_READ):
        found.append(Place("/dieu-hanh/bao-cao", _("Điều hành"), "gauge"))
    if has(actor, Permission.DOSSIER_READ):
        found.append(Place("/kiem-tra", _("Tra cứu – kiểm tra"), "book-open"))
    if any(has(actor, permission) for permission in _ADMINISTRATION):
        found.append(Place("/quan-tri", _("Quản trị"), "settings"))
    return found


def furnish(app: Flask) -> None:
    """Let every template know the frame of whoever is signed in."""
    app.jinja_env.globals.update(new_once=lambda: token_urlsafe(18))
    app.context_processor(_frame)


def enter(call: Call) -> None:
    """Note who asks: pages show it even after the transaction has ended with an error."""
    g.frame = {
        "me": call.actor,
        "my_duty": _duty(call),
        "stands_in_for": _absent(call),
        "places": places(call.actor),
        "may_search": may_search(call.actor),
        "reads_petitions": has(call.actor, Permission.PETITION_READ),
        "sees_money": has(call.actor, Permission.MONEY_READ),
        "now": call.now,
    }


def render(template: str, **context: Any) -> str:
    """A page."""
    return render_template(template, **context)


def _frame() -> dict[str, Any]:
    return {"me": None, "places": [], **g.get("frame", {}), "path": request.path}


def _absent(call: Call) -> list[str]:
    """The names of those for whom one stands in today."""
    lenders = {grant.lent_by for grant in call.actor.grants} - {None}
    return sorted(names_of(call.tx, lenders).values())


def _duty(call: Call) -> str:
    """What one is, and for which office."""
    if not call.actor.grants:
        return ""
    first = call.actor.grants[0]
    return f"{_(ROLE_NAMES[first.role])} · {name_of(call.tx, first.agency)}"
