"""Agencies and their units."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.fields import Code, In, Text
from api.v1.schemas.office import AgencyIn, NameIn, UnitIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import Scope, scope_of, show, shown_revision
from engine.commands import agencies as commands
from engine.errors import EngineError
from engine.model.actor import Permission, may_at
from engine.queries.agencies import AgencyState, agency_state

routes = Blueprint("admin_agencies", __name__)
HERE = "/quan-tri/don-vi"
ONE = f"{HERE}/<code:agency>"


class OneUnitIn(In):
    """A unit, by its code."""

    unit = Code(required=True)


class RenameUnitIn(OneUnitIn):
    """A unit and its new name."""

    name = Text(200, 1, required=True)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The units of one agency."""
    return _page(call, scope_of(call, Permission.AGENCY_MANAGE))


@routes.post(f"{ONE}/ten")
@acts
def rename(call: Call, agency: str) -> Any:
    """Rename the agency."""
    entered = read(NameIn)
    data = entered.data
    return _done_or_again(
        call, agency, entered, "name", _("Đã đổi tên cơ quan."),
        lambda: commands.rename_agency(
            call.tx, commands.RenameAgency(agency, data["name"], shown_revision()),
            call.actor, call.now,
        ),
    )  # fmt: skip


@routes.post(f"{ONE}/xa")
@acts
def add(call: Call, agency: str) -> Any:
    """Add a commune below the agency."""
    entered = read(AgencyIn)
    return _done_or_again(
        call, agency, entered, "commune", _("Đã thêm cơ quan cấp dưới."),
        lambda: commands.add_agency(
            call.tx, commands.AddAgency(**{"code_prefix": entered.data["code"], **entered.data}),
            call.actor, call.now,
        ),
    )  # fmt: skip


@routes.post(f"{ONE}/them")
@acts
def add_unit(call: Call, agency: str) -> Any:
    """Add a unit."""
    entered = read(UnitIn)
    data = entered.data
    return _done_or_again(
        call, agency, entered, "unit", _("Đã thêm đơn vị."),
        lambda: commands.add_unit(
            call.tx, commands.NameUnit(agency, data["code"], shown_revision(), data["name"]),
            call.actor, call.now,
        ),
    )  # fmt: skip


@routes.post(f"{ONE}/doi-ten")
@acts
def rename_unit(call: Call, agency: str) -> Any:
    """Rename a unit."""
    entered = read(RenameUnitIn)
    data = entered.data
    return _done_or_again(
        call, agency, entered, "rename", _("Đã đổi tên đơn vị."),
        lambda: commands.rename_unit(
            call.tx, commands.NameUnit(agency, data["unit"], shown_revision(), data["name"]),
            call.actor, call.now,
        ),
    )  # fmt: skip


@routes.get(f"{ONE}/dong/<code:unit>")
@reads
def ask_to_close(call: Call, agency: str, unit: str) -> str:
    """What closing a unit will do."""
    scope = scope_of(call, Permission.AGENCY_MANAGE, agency)
    state = agency_state(call.tx, agency)
    found = next((one for one in state.units if one.code == unit), None)
    return show(call, "close_unit.html", scope=scope, state=state, unit=found)


@routes.post(f"{ONE}/dong")
@acts
def close_unit(call: Call, agency: str) -> Any:
    """Close a unit."""
    entered = read(OneUnitIn)
    data = entered.data
    return _done_or_again(
        call, agency, entered, "close", _("Đã đóng đơn vị."),
        lambda: commands.close_unit(
            call.tx, commands.OnUnit(agency, data["unit"], shown_revision()), call.actor, call.now
        ),
    )  # fmt: skip


@routes.post(f"{ONE}/mo-lai")
@acts
def reopen_unit(call: Call, agency: str) -> Any:
    """Open a closed unit again."""
    entered = read(OneUnitIn)
    data = entered.data
    return _done_or_again(
        call, agency, entered, "close", _("Đã mở lại đơn vị."),
        lambda: commands.reopen_unit(
            call.tx, commands.OnUnit(agency, data["unit"], shown_revision()), call.actor, call.now
        ),
    )  # fmt: skip


def _done_or_again(
    call: Call, agency: str, entered: Entered, form: str, said: str, command: Any
) -> AnyResponse | tuple[str, int]:
    """Back to the list when it worked, else the list with the form as it was filled in."""
    if entered.is_good:
        try:
            command()
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        scope = scope_of(call, Permission.AGENCY_MANAGE, agency)
        return _page(call, scope, **{form: entered}), 422
    flash(said, "ok")
    return redirect(f"{HERE}?co-quan={agency}", 303)


def _page(call: Call, scope: Scope, **forms: Entered) -> str:
    state: AgencyState = agency_state(call.tx, scope.chosen)
    above = state.parent or state.code
    return show(
        call,
        "agencies.html",
        scope=scope,
        state=state,
        may_rename=may_at(call.actor, Permission.AGENCY_MANAGE, above),
        empty=nothing_yet(),
        forms={"name": nothing_yet(name=state.name), **forms},
        refused=next((forms[one] for one in ("rename", "close") if one in forms), None),
    )
