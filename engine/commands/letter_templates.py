"""Agencies choose the templates of their letters: their own, the product's, or those of above."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.letters import FormNotInForce, TemplateChanged, TemplateTooEarly
from engine.model.actor import Actor, Permission, may_at
from engine.model.letter_forms import FormDetails, LetterForm, form_on
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.printing.templates import source_of
from engine.store import agencies, letter_templates, office_log
from engine.store.letter_templates import Choice, TemplateOrigin


@dataclass(frozen=True)
class ChooseTemplate:
    """What an agency uses for a form from a day on (None: today), and on what ground.

    `body` is its own template, which must have been drawn to see that it works. `expected` is
    the digest of the template that whoever chose had before them.
    """

    agency: str
    form: LetterForm
    origin: TemplateOrigin
    reason: str
    body: str | None = None
    effective_from: date | None = None
    expected: str | None = None


def choose_template(tx: Connection, command: ChooseTemplate, actor: Actor, now: datetime) -> Choice:
    """Put a choice in force; letters that were issued before keep the template they had.

    Raises `NotPermitted`, `FormNotInForce`, `TemplateTooEarly`, and `TemplateChanged` where
    another template than the expected one is in force by now.
    """
    office_log.one_at_a_time(tx)
    require_manager(actor, command.agency)
    today = local(now).date()
    day = command.effective_from or today
    if day < today:
        raise TemplateTooEarly(today=f"{today:%d/%m/%Y}")
    details_on(command.form, day)
    before = _in_force(tx, command, today)
    if command.expected is not None and command.expected != before:
        raise TemplateChanged(agency=command.agency)
    own = command.origin is TemplateOrigin.OWN
    template = letter_templates.put(tx, source_of(command.body or "")) if own else None
    chosen = Choice(command.agency, command.form, command.origin, template, day, command.reason)
    letter_templates.choose(tx, chosen, actor.id or None, now)
    office_log.record(tx, _event(chosen, before), actor.key, now)
    return chosen


def require_manager(actor: Actor, agency: str) -> None:
    """Raise `NotPermitted` for whoever may not change the templates of an agency."""
    if not may_at(actor, Permission.LETTER_TEMPLATE_MANAGE, agency):
        raise NotPermitted(what=f"thay mẫu giấy tờ của cơ quan {agency}")


def details_on(form: LetterForm, day: date) -> FormDetails:
    """A form as it is on a day; raises `FormNotInForce`."""
    details = form_on(form, day)
    if details is None:
        raise FormNotInForce(form=form)
    return details


def _in_force(tx: Connection, command: ChooseTemplate, day: date) -> str:
    line = agencies.line(tx, command.agency)
    return letter_templates.in_force(tx, line, command.form, day).digest


def _event(chosen: Choice, before: str) -> OfficeEvent:
    after = {
        "form": chosen.form.value,
        "origin": chosen.origin.value,
        "template": chosen.template,
        "effective_from": chosen.effective_from.isoformat(),
        "reason": chosen.reason,
    }
    subject = agency_subject(chosen.agency)
    return OfficeEvent(
        OfficeEventType.LETTER_TEMPLATE_CHOSEN,
        chosen.agency,
        subject,
        {"form": chosen.form.value, "template": before},
        after,
    )
