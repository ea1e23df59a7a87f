"""The templates of an agency's letters: which is in force, whose it is, and what was before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.model.letter_forms import FormDetails, LetterForm, form_on
from engine.store import agencies, letter_templates
from engine.store.agencies import Named
from engine.store.letter_tables import letter_template_choice as choice
from engine.store.letter_templates import TemplateOrigin
from engine.store.tables import user

MOST_VERSIONS = 50


@dataclass(frozen=True)
class TemplateView:
    """The template of one form in force for an agency on a day.

    `origin` is what the agency chose (ABOVE where it never did); `owner` the agency whose template
    it is in the end, None where it is the product's own.
    """

    form: LetterForm
    form_number: str
    title: str
    origin: TemplateOrigin
    owner: str | None
    digest: str
    body: str
    since: date | None


@dataclass(frozen=True)
class VersionView:
    """A choice that an agency made: what it uses from a day on, by whom and on what ground."""

    number: int
    origin: TemplateOrigin
    template: str | None
    effective_from: date
    chosen_at: datetime
    chosen_by: str | None
    reason: str


def templates_of(tx: Connection, agency: str, day: date) -> list[TemplateView]:
    """The templates of all forms of a day; raises `AgencyUnknown`."""
    line = agencies.line(tx, agency)
    forms = (form_on(form, day) for form in LetterForm)
    return [_view(tx, line, details, day) for details in forms if details]


def template_of(tx: Connection, agency: str, details: FormDetails, day: date) -> TemplateView:
    """The template of one form; raises `AgencyUnknown`."""
    return _view(tx, agencies.line(tx, agency), details, day)


def versions_of(tx: Connection, agency: str, form: LetterForm) -> list[VersionView]:
    """What an agency chose for a form, the latest first."""
    query = (
        select(choice, user.c.full_name)
        .outerjoin(user, user.c.id == choice.c.chosen_by)
        .where(choice.c.agency == agency, choice.c.form == form)
        .order_by(choice.c.id.desc())
        .limit(MOST_VERSIONS)
    )
    return [_version(row) for row in tx.execute(query)]


def _version(row: Any) -> VersionView:
    return VersionView(
        number=row.id,
        origin=TemplateOrigin(row.origin),
        template=row.template,
        effective_from=row.effective_from,
        chosen_at=row.chosen_at,
        chosen_by=row.full_name,
        reason=row.reason,
    )


def _view(tx: Connection, line: list[Named], details: FormDetails, day: date) -> TemplateView:
    own = letter_templates.chosen_on(tx, line[0].code, details.form, day)
    owner = letter_templates.owner_of(tx, line, details.form, day)
    source = letter_templates.in_force(tx, line, details.form, day)
    return TemplateView(
        form=details.form,
        form_number=details.number,
        title=details.title,
        origin=TemplateOrigin(own.origin) if own else TemplateOrigin.ABOVE,
        owner=owner.name if owner else None,
        digest=source.digest,
        body=source.body,
        since=own.effective_from if own else None,
    )
