"""Rulebooks come into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors import AgencyUnknown, NotPermitted
from engine.errors.time import RulebookChanged
from engine.life.rulebook_reading import read_rulebook
from engine.model.actor import Actor, Permission, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.store import agencies, editions, office_log, publications
from engine.store.editions import EditionKind


@dataclass(frozen=True)
class PublishRulebook:
    """A rulebook's document for an agency and all below it; for everybody when it is None.

    `reason`: on what ground. `expected`: the edition that it was made from, by its digest.
    """

    agency: str | None
    document: Mapping[str, Any]
    reason: str | None = None
    expected: str | None = None


@dataclass(frozen=True)
class Published:
    """The edition now in force, and the agencies for which it is new."""

    digest: str
    agencies: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether it was not in force everywhere before."""
        return bool(self.agencies)


def publish_rulebook(
    tx: Connection, command: PublishRulebook, actor: Actor, now: datetime
) -> Published:
    """Put a rulebook in force; raises `RulebookInvalid` naming what is wrong in it.

    Raises `RulebookChanged` where an agency of these is on another edition than the expected one.
    Dossiers that were handed in before keep theirs. Who did so, and when, is kept for each agency.
    """
    office_log.one_at_a_time(tx)
    tops = agencies.roots(tx) if command.agency is None else [command.agency]
    for top in tops:
        agencies.level_of(tx, top)
        if not may_at(actor, Permission.RULEBOOK_PUBLISH, top):
            raise NotPermitted(what=f"ban hành bộ quy tắc cho cơ quan {top}")
    if not tops:
        raise AgencyUnknown(agency="nào")
    read_rulebook(command.document)
    before = {top: editions.in_force(tx, top).rulebook for top in tops}
    if command.expected is not None and set(before.values()) != {command.expected}:
        raise RulebookChanged(agency=", ".join(tops))
    digest = editions.put(tx, EditionKind.RULEBOOK, command.document)
    codes = [code for top in tops for code in agencies.with_all_below(tx, top)]
    new = tuple(code for code in codes if editions.in_force(tx, code).rulebook != digest)
    for code in new:
        editions.point(tx, code, EditionKind.RULEBOOK, digest)
    publications.add(tx, new, digest, command.reason, actor.id or None, now)
    for top in tops:
        if top in new:
            _record(tx, command, top, (before[top], digest), actor, now)
    return Published(digest, new)


def _record(
    tx: Connection,
    command: PublishRulebook,
    agency: str,
    change: tuple[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    before, after = ({"rulebook": digest} for digest in change)
    if command.reason:
        after["reason"] = command.reason
    event = OfficeEvent(
        OfficeEventType.RULEBOOK_PUBLISHED, agency, agency_subject(agency), before, after
    )
    office_log.record(tx, event, actor.key, now)
