"""The example office: a province, one commune with its units, and the people who work there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.procedure import procedure_folders, procedure_from_sources, read_folder
from bpmn.roles import Role
from engine.errors import AgencyUnknown
from engine.model.actor import Actor
from engine.store import accounts, agencies, definitions, users

PROVINCE = "H40"
COMMUNE = "H40.30.01"
_DOMAIN = "mailam.example.vn"
"""Nobody's: mail to it goes nowhere."""

_UNITS = {
    "COUNTER": "Trung tâm Phục vụ hành chính công",
    "OFFICE": "Văn phòng HĐND và UBND",
    "ECONOMY": "Phòng Kinh tế",
    "CULTURE_SOCIETY": "Phòng Văn hóa - Xã hội",
}


@dataclass(frozen=True)
class Member:
    """Someone who can log in, and as what."""

    username: str
    full_name: str
    role: Role
    agency: str = COMMUNE
    unit: str | None = None


MEMBERS = (
    Member("tiepnhan1", "Lê Thị Hồng Nhung", Role.RECEPTION_OFFICER, unit="COUNTER"),
    Member("tiepnhan2", "Trần Quốc Việt", Role.RECEPTION_OFFICER, unit="COUNTER"),
    Member("tiepnhan3", "Phạm Thị Mai Anh", Role.RECEPTION_OFFICER, unit="COUNTER"),
    Member("thungan", "Đỗ Thị Kim Oanh", Role.CASHIER, unit="COUNTER"),
    Member("tuphap1", "Nguyễn Hữu Phước", Role.SPECIALIST, unit="OFFICE"),
    Member("tuphap2", "Hoàng Thị Lệ Thủy", Role.SPECIALIST, unit="OFFICE"),
    Member("kinhte1", "Bùi Đức Thọ", Role.SPECIALIST, unit="ECONOMY"),
    Member("kinhte2", "Vũ Thị Thanh Tâm", Role.SPECIALIST, unit="ECONOMY"),
    Member("diachinh1", "Đặng Xuân Trường", Role.SPECIALIST, unit="ECONOMY"),
    Member("vanhoa1", "Ngô Thị Bích Liên", Role.SPECIALIST, unit="CULTURE_SOCIETY"),
    Member("chutich", "Phan Đình Nghĩa", Role.LEADER),
    Member("phochutich", "Hồ Thị Minh Châu", Role.LEADER),
    Member("vanthu", "Dương Thị Hải Yến", Role.REGISTRY_CLERK, unit="OFFICE"),
    Member("chanhvp", "Mai Xuân Hòa", Role.UNIT_HEAD, unit="OFFICE"),
    Member("truongphongkt", "Nguyễn Thị Thu Hà", Role.UNIT_HEAD, unit="ECONOMY"),
    Member("truongphongvh", "Cao Minh Khôi", Role.UNIT_HEAD, unit="CULTURE_SOCIETY"),
    Member("giamdoc", "Lý Quang Huy", Role.CENTRE_DIRECTOR, unit="COUNTER"),
    Member("kiemsoat", "Trịnh Công Định", Role.PROCEDURE_CONTROL_OFFICER, PROVINCE),
    Member("kiemtra", "Cao Thị Ngân", Role.AUDITOR, PROVINCE),
    Member("quantri", "Đinh Bá Lộc", Role.ADMINISTRATOR, PROVINCE),
    Member("congdvc", "Cổng Dịch vụ công", Role.PORTAL, PROVINCE),
)


@dataclass(frozen=True)
class Office:
    """The people of the office as they act, by username."""

    actors: Mapping[str, Actor]

    def in_role(self, role: Role) -> list[Actor]:
        """Everyone with a role, in the order of `MEMBERS`."""
        return [self.actors[member.username] for member in MEMBERS if member.role is role]


def set_up(tx: Connection, password_hash: str, now: datetime) -> Office:
    """Found the office, everyone with the same password; what exists already is left alone."""
    if not _is_founded(tx):
        _found(tx)
    for member in MEMBERS:
        if not users.username_taken(tx, member.username):
            _employ(tx, member, password_hash, now)
    office = Office({member.username: _known(tx, member.username) for member in MEMBERS})
    _deploy(tx, office.in_role(Role.ADMINISTRATOR)[0].id, now)
    return office


def give_addresses(tx: Connection, office: Office) -> None:
    """Let the people of the office be written to; programs have no letter box."""
    for member in MEMBERS:
        if member.role is not Role.PORTAL:
            address = f"{member.username}@{_DOMAIN}"
            accounts.change(tx, office.actors[member.username].id, email=address)


def _is_founded(tx: Connection) -> bool:
    try:
        agencies.level_of(tx, COMMUNE)
    except AgencyUnknown:
        return False
    return True


def _found(tx: Connection) -> None:
    agencies.add(tx, PROVINCE, "Ủy ban nhân dân tỉnh Sông Lam", "province", PROVINCE)
    agencies.add(tx, COMMUNE, "Ủy ban nhân dân xã Mai Lâm", "commune", COMMUNE, PROVINCE)
    for code, name in _UNITS.items():
        agencies.add_unit(tx, COMMUNE, code, name)


def _employ(tx: Connection, member: Member, password_hash: str, now: datetime) -> None:
    user = users.add(tx, member.username, member.full_name, password_hash, now)
    users.add_grant(tx, user, member.role, member.agency, member.unit)


def _known(tx: Connection, username: str) -> Actor:
    found = users.actor_by_username(tx, username)
    if found is None:
        raise LookupError(username)
    return found[0]


def _deploy(tx: Connection, by: int, now: datetime) -> None:
    for folder in procedure_folders():
        definitions.put(tx, procedure_from_sources(read_folder(folder)), by, now)
