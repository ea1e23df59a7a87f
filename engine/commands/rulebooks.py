"""Rulebooks come into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors import AgencyUnknown, NotPermitted
from engine.life.rulebook_reading import read_rulebook
from engine.model.actor import Actor, Permission, may_at
from engine.store import agencies, editions, publications
from engine.store.editions import EditionKind


@dataclass(frozen=True)
class PublishRulebook:
    """A rulebook's document for an agency and all below it; for everybody when it is None."""

    agency: str | None
    document: Mapping[str, Any]


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

    Dossiers that were handed in before keep theirs. Who did so, and when, is kept for each agency.
    """
    tops = agencies.roots(tx) if command.agency is None else [command.agency]
    for top in tops:
        agencies.level_of(tx, top)
        if not may_at(actor, Permission.RULEBOOK_PUBLISH, top):
            raise NotPermitted(what=f"ban hành bộ quy tắc cho cơ quan {top}")
    if not tops:
        raise AgencyUnknown(agency="nào")
    read_rulebook(command.document)
    digest = editions.put(tx, EditionKind.RULEBOOK, command.document)
    codes = [code for top in tops for code in agencies.with_all_below(tx, top)]
    new = tuple(code for code in codes if editions.in_force(tx, code).rulebook != digest)
    for code in new:
        editions.point(tx, code, EditionKind.RULEBOOK, digest)
    publications.add(tx, new, digest, actor.id or None, now)
    return Published(digest, new)
