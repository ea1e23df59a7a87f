"""An office with an agency of every level, one person for every task, and keys to sign with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bpmn.catalogue.entry import Level
from bpmn.roles import LANES, Role
from cli.demo.authority import Authority
from cli.demo.papers import PASSPHRASE
from cli.operator import operator
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
)
from engine.model.actor import Actor
from engine.model.certificate import Provider
from engine.settings import Settings
from engine.store import agencies, users

_PROVINCE = "T00"
_FOUNDED = timedelta(days=30)
_CODES = {
    Level.PROVINCE: _PROVINCE,
    Level.COMMUNE: "T00.01",
    Level.MINISTRY: "T00.02",
    Level.OTHER: "T00.03",
}


@dataclass(frozen=True)
class Desk:
    """An agency with its people by role."""

    agency: str
    people: Mapping[Role, Actor]


def found_office(tx: Connection, settings: Settings, now: datetime) -> dict[str, Desk]:
    """Found it in an empty database; the desks by level."""
    for level, code in _CODES.items():
        parent = None if code == _PROVINCE else _PROVINCE
        agencies.add(tx, code, f"Cơ quan thử ({level})", level, code, parent)
    desks = {level.value: _desk(tx, level, code, now) for level, code in _CODES.items()}
    _enrol(tx, desks.values(), settings, now)
    return desks


def _enrol(tx: Connection, desks: Iterable[Desk], settings: Settings, now: datetime) -> None:
    """Certificates for leaders and for the agencies' seals."""
    authority = Authority.founded(now - _FOUNDED)
    authority.publish(Path(settings.trust_roots))
    administrator = operator(tx)
    for desk in desks:
        for user in (None, desk.people[Role.LEADER].id):
            key_file = authority.key_file(f"{desk.agency} {user or ''}".strip(), PASSPHRASE)
            handed = Handed(Provider.PKCS12, key_file=key_file, passphrase=PASSPHRASE)
            command = RegisterCertificate(desk.agency, user, read_material(handed, settings, now))
            register_certificate(tx, command, administrator, now)


def _desk(tx: Connection, level: Level, agency: str, now: datetime) -> Desk:
    people = {role: _employ(tx, f"{level}.{role}", role, agency, now) for role in LANES.values()}
    return Desk(agency, people)


def _employ(tx: Connection, username: str, role: Role, agency: str, now: datetime) -> Actor:
    user = users.add(tx, username, f"Người thử {username}", None, now)
    users.add_grant(tx, user, role, agency, None)
    found = users.actor_by_username(tx, username)
    if found is None:
        raise LookupError(username)
    return found[0]
