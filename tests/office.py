"""A province with two communes, their people and procedures, as tests find them.

Usernames end in the number of the commune (`reception1` works in H40.30.01); people of the
province have none (`auditor`).
"""

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from sqlalchemy import Connection

from bpmn.procedure import procedure_folders, procedure_from_sources, read_folder
from bpmn.roles import Role
from engine.model.actor import Actor
from engine.store import agencies, definitions, users
from engine.store.database import Database
from engine.store.migrate import upgrade
from tests import diagrams
from tests.clock import START

PROVINCE = "H40"
COMMUNE_1 = "H40.30.01"
COMMUNE_2 = "H40.30.02"
COMMUNES = (COMMUNE_1, COMMUNE_2)
UNITS = {
    "CULTURE_SOCIETY": "Phòng Văn hóa - Xã hội",
    "ECONOMY": "Phòng Kinh tế",
    "OFFICE": "Văn phòng HĐND và UBND",
    "CENTRE": "Trung tâm Phục vụ hành chính công",
}
COMMUNE_STAFF = {
    "reception": (Role.RECEPTION_OFFICER, "CENTRE"),
    "second_reception": (Role.RECEPTION_OFFICER, "CENTRE"),
    "culture": (Role.SPECIALIST, "CULTURE_SOCIETY"),
    "economy": (Role.SPECIALIST, "ECONOMY"),
    "office": (Role.SPECIALIST, "OFFICE"),
    "second_office": (Role.SPECIALIST, "OFFICE"),
    "centre": (Role.SPECIALIST, "CENTRE"),
    "leader": (Role.LEADER, None),
    "second_leader": (Role.LEADER, None),
    "clerk": (Role.REGISTRY_CLERK, "OFFICE"),
    "cashier": (Role.CASHIER, "CENTRE"),
    "culture_head": (Role.UNIT_HEAD, "CULTURE_SOCIETY"),
    "director": (Role.CENTRE_DIRECTOR, "CENTRE"),
    "control": (Role.PROCEDURE_CONTROL_OFFICER, None),
    "auditor": (Role.AUDITOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
}
PROVINCE_STAFF = {
    "control": Role.PROCEDURE_CONTROL_OFFICER,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
    "portal": Role.PORTAL,
}
PASSWORD = "mật khẩu của mọi người"
"""Everyone's."""


class Office:
    """The furnished office in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def actor(self, username: str) -> Actor:
        """Someone of the office with their grants."""
        with self.database.reading() as tx:
            found = users.actor_by_username(tx, username)
        if found is None:
            raise LookupError(username)
        return found[0]

    @staticmethod
    def token(username: str) -> str:
        """The API token of someone, good for ten years."""
        return f"token-of-{username}"


def usernames() -> list[str]:
    """Everyone in the office."""
    communes = range(1, len(COMMUNES) + 1)
    return [f"{name}{n}" for n in communes for name in COMMUNE_STAFF] + list(PROVINCE_STAFF)


def furnish(database: Database) -> None:
    """Fill an empty database with the office."""
    upgrade(database)
    with database.transaction() as tx:
        _add_agencies(tx)
        _add_people(tx)
        _deploy(tx)


def _add_agencies(tx: Connection) -> None:
    agencies.add(tx, PROVINCE, "Ủy ban nhân dân tỉnh", "province", PROVINCE)
    for number, code in enumerate(COMMUNES, start=1):
        agencies.add(tx, code, f"Ủy ban nhân dân xã số {number}", "commune", code, PROVINCE)
        for unit, name in UNITS.items():
            agencies.add_unit(tx, code, unit, name)


def _add_people(tx: Connection) -> None:
    for name, role in PROVINCE_STAFF.items():
        _add_person(tx, name, role, PROVINCE, None)
    for number, commune in enumerate(COMMUNES, start=1):
        for name, (role, unit) in COMMUNE_STAFF.items():
            _add_person(tx, f"{name}{number}", role, commune, unit)


def _add_person(tx: Connection, username: str, role: Role, agency: str, unit: str | None) -> None:
    user_id = users.add(tx, username, f"Người dùng {username}", _password_hash(), START)
    users.add_grant(tx, user_id, role, agency, unit)
    expires_at = START + timedelta(days=3650)
    users.add_token(tx, user_id, Office.token(username), "tests", START, expires_at)


@cache
def _password_hash() -> str:
    """As weak as can be, so that logging in takes no time."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def _deploy(tx: Connection) -> None:
    shipped = [read_folder(folder) for folder in procedure_folders()]
    for sources in [diagrams.simple(), *shipped]:
        definitions.put(tx, procedure_from_sources(sources), by=None, now=START)
