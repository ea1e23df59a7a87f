"""Templates of letters: seen, changed, tried with an example, and put in force from a day on."""

import hashlib
from base64 import b64encode
from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.letter_templates import tried
from api.letters import PDF, pages_of, shown
from api.services import services
from api.v1.schemas.letter_templates import ChoiceIn
from api.web.edge import acts_apart, reads
from api.web.entered import Entered, nothing_yet, understand
from api.web.language import gettext as _
from api.web.pages.admin.scope import Scope, scope_of, show
from engine.commands.letter_templates import ChooseTemplate, choose_template, details_on
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.letter_forms import FormDetails, known_form
from engine.printing.example import example
from engine.printing.templates import source_of
from engine.queries.letter_templates import TemplateView, template_of, templates_of, versions_of
from engine.scans.viewing import MEDIA_TYPE, Leaf, Width
from engine.store.letter_templates import TemplateOrigin

routes = Blueprint("admin_letter_templates", __name__)
HERE = "/quan-tri/mau-giay-to"
MOST_SHOWN = 4
"""Pages of a trial that are shown as pictures; all of them are in its PDF."""
_OTHERS = {"product": TemplateOrigin.PRODUCT, "above": TemplateOrigin.ABOVE}


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The forms, and whose template each has."""
    scope = scope_of(call, Permission.LETTER_TEMPLATE_MANAGE)
    found = templates_of(call.tx, scope.chosen, local(call.now).date())
    return show(call, "letter_templates.html", scope=scope, templates=found)


@routes.get(f"{HERE}/<code:form>")
@reads
def edit(call: Call, form: str) -> str:
    """The template of one form, to be changed."""
    desk = _Desk(call, form)
    proposed = {"body": desk.view.body, "effective_from": f"{desk.today:%d/%m/%Y}"}
    return desk.page(nothing_yet(**proposed))


@routes.post(f"{HERE}/<code:form>")
@acts_apart
def change(call: Call, form: str) -> Any:
    """Try what was typed; put it in force when it was seen; or go back to another's template."""
    with services().database.reading() as tx:
        desk = _Desk(_with(call, tx), form)
    entered = desk.entered()
    act = entered.values.get("act", "")
    if act in _OTHERS:
        return desk.chosen(entered, _OTHERS[act])
    if act != "publish":
        entered.errors.clear()  # Trying needs neither day nor ground.
    try:
        pdf = tried(entered.values.get("body", ""), desk.details)
    except EngineError as refused:
        entered.errors["body"] = [refused.message]
        return desk.again(entered), 422
    if act == "pdf":
        return shown(pdf, f"xem-thu-{desk.details.form}.pdf")
    seen = source_of(entered.values.get("body", "")).digest
    if act == "publish" and entered.values.get("seen") == seen:
        return desk.chosen(entered, TemplateOrigin.OWN)
    return desk.again(entered, trial=_pictures(pdf), seen=seen)


def _with(call: Call, tx: Any) -> Call:
    return Call(tx, call.actor, call.now, call.token)


class _Desk:
    """One form's template before whoever administers it."""

    def __init__(self, call: Call, form: str) -> None:
        self.call = call
        self.scope: Scope = scope_of(call, Permission.LETTER_TEMPLATE_MANAGE)
        self.today = local(call.now).date()
        self.details: FormDetails = details_on(known_form(form), self.today)
        self.view: TemplateView = template_of(call.tx, self.scope.chosen, self.details, self.today)
        self.versions = versions_of(call.tx, self.scope.chosen, self.details.form)

    @property
    def address(self) -> str:
        """Of this page, for this agency."""
        return f"{HERE}/{self.details.form.value}?co-quan={self.scope.chosen}"

    def entered(self) -> Entered:
        """What was typed, whatever is wrong with it."""
        texts = {name: text.replace("\r\n", "\n") for name, text in request.form.items()}
        extra = {name: texts.pop(name, "") for name in ("act", "seen")}
        origin = _OTHERS.get(extra["act"], TemplateOrigin.OWN)
        entered = understand(
            ChoiceIn, {**texts, "agency": self.scope.chosen, "origin": origin.value}
        )
        body = texts.get("body", "")
        return Entered({**entered.values, **extra, "body": body}, entered.data, entered.errors)

    def chosen(self, entered: Entered, origin: TemplateOrigin) -> Any:
        """Put the choice in force, or show what is wrong with it."""
        if not entered.is_good:
            return self.again(entered), 422
        own = origin is TemplateOrigin.OWN
        command = ChooseTemplate(
            agency=self.scope.chosen,
            form=self.details.form,
            origin=origin,
            reason=entered.data["reason"],
            body=entered.values["body"] if own else None,
            effective_from=entered.data.get("effective_from"),
            expected=entered.data.get("expected"),
        )
        try:
            with services().database.transaction() as tx:
                choose_template(tx, command, self.call.actor, self.call.now)
        except EngineError as refused:
            entered.refuse(refused)
            return self.again(entered), 422
        return self._back()

    def _back(self) -> AnyResponse:
        flash(_("Đã ghi nhận. Giấy tờ ban hành từ ngày áp dụng theo mẫu này; giấy tờ trước giữ mẫu"
                " cũ."), "ok")  # fmt: skip
        return redirect(self.address, 303)

    def again(self, entered: Entered, **more: Any) -> str:
        """The page once more, in a transaction of its own."""
        with services().database.reading() as tx:
            self.call = _with(self.call, tx)
            return self.page(entered, **more)

    def page(self, entered: Entered, **more: Any) -> str:
        """The page."""
        empty: dict[str, Any] = {"trial": (), "seen": ""}
        return show(
            self.call,
            "letter_template.html",
            scope=self.scope,
            view=self.view,
            versions=self.versions,
            names=_names(example(self.details)),
            entered=entered,
            action=self.address,
            **{**empty, **more},
        )


def _names(values: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """What the template may speak of: each name with what it is in the example."""
    found: list[tuple[str, str]] = []
    for name, value in sorted(values.items()):
        if isinstance(value, dict):
            found += _names(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found += _names(value[0], f"{prefix}{name}[…].")
        else:
            found.append((f"{prefix}{name}", "" if value is None else str(value)))
    return found


def _pictures(pdf: bytes) -> list[str]:
    """Pages of a trial, as addresses that hold the pictures themselves."""
    digest, gallery = hashlib.sha256(pdf).hexdigest(), services().gallery
    pages = range(min(pages_of(pdf), MOST_SHOWN))
    drawn = (gallery.picture(Leaf(digest, n, Width.READABLE), PDF, lambda: pdf) for n in pages)
    return [f"data:{MEDIA_TYPE};base64,{b64encode(each).decode()}" for each in drawn]
