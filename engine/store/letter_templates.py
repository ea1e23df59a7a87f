"""Versions of templates of letters, and which of them an agency uses from which day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from engine.errors.letters import TemplateUnknown
from engine.model.letter_forms import LetterForm
from engine.printing.templates import Source, shipped, source_of
from engine.store.agencies import Named
from engine.store.letter_tables import letter_template as table
from engine.store.letter_tables import letter_template_choice as choice


class TemplateOrigin(StrEnum):
    """Whose template an agency uses: its own, the product's, that of the agency above."""

    OWN = "own"
    PRODUCT = "product"
    ABOVE = "above"


@dataclass(frozen=True)
class Choice:
    """What an agency uses from a day on; `template` is the digest of its own, else None."""

    agency: str
    form: LetterForm
    origin: TemplateOrigin
    template: str | None
    effective_from: date
    reason: str


def put(tx: Connection, source: Source, is_shipped: bool = False) -> str:
    """Keep a version; returns its digest. The same one is kept once."""
    digest = source.digest
    known = tx.execute(select(table.c.shipped).where(table.c.digest == digest)).scalar_one_or_none()
    if known is None:
        row = {"digest": digest, "body": source.body, "parts": dict(source.parts)}
        tx.execute(insert(table).values(**row, shipped=is_shipped))
    elif is_shipped and not known:
        tx.execute(update(table).where(table.c.digest == digest).values(shipped=True))
    return digest


def get(tx: Connection, digest: str) -> Source:
    """A version; raises `TemplateUnknown`, also when it was tampered with."""
    row = tx.execute(select(table.c.body, table.c.parts).where(table.c.digest == digest)).first()
    source = row and Source(row.body, row.parts)
    if source is None or source.digest != digest:
        raise TemplateUnknown(digest=digest)
    return source


def choose(tx: Connection, chosen: Choice, by: int | None, now: datetime) -> None:
    """Write down what an agency uses from a day on."""
    tx.execute(insert(choice).values(**vars(chosen), chosen_by=by, chosen_at=now))


def pinned(tx: Connection, line: Sequence[Named], form: LetterForm, day: date) -> str:
    """Digest of the template in force, which is kept from now on if it was not before."""
    owner = owner_of(tx, line, form, day)
    if owner is None:
        return put(tx, source_of(shipped(form)), is_shipped=True)
    return str(chosen_on(tx, owner.code, form, day).template)


def in_force(tx: Connection, line: Sequence[Named], form: LetterForm, day: date) -> Source:
    """The template of an agency (the first of `line`, which leads up) on a day.

    Where neither it nor any above it has its own, that is the product's.
    """
    owner = owner_of(tx, line, form, day)
    if owner is None:
        return source_of(shipped(form))
    return get(tx, chosen_on(tx, owner.code, form, day).template)


def owner_of(tx: Connection, line: Sequence[Named], form: LetterForm, day: date) -> Named | None:
    """The agency of `line` whose own template is in force; None where the product's is."""
    for agency in line:
        chosen = chosen_on(tx, agency.code, form, day)
        if chosen is not None and chosen.origin != TemplateOrigin.ABOVE:
            return agency if chosen.template else None
    return None


def chosen_on(tx: Connection, agency: str, form: LetterForm, day: date) -> Any:
    """The row of what an agency uses on a day, if it ever chose."""
    query = _newest_first(agency, form).where(choice.c.effective_from <= day)
    return tx.execute(query.limit(1)).first()


def _newest_first(agency: str, form: LetterForm) -> Select[Any]:
    return (
        select(choice)
        .where(choice.c.agency == agency, choice.c.form == form)
        .order_by(choice.c.effective_from.desc(), choice.c.id.desc())
    )
