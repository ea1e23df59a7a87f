"""The table of permissions: who may do what, where."""

from dataclasses import dataclass

import pytest

from bpmn.roles import COUNTER_ROLES, LANES, ROLE_NAMES, Role
from engine.model.actor import (
    PERMISSIONS,
    Actor,
    Grant,
    Permission,
    Reach,
    has,
    may,
    may_at,
    may_work,
)

PROVINCE, ONE, TWO, AWAY = "H40", "H40.1", "H40.2", "H41"
BELOW = {PROVINCE: frozenset({PROVINCE, ONE, TWO})}


@dataclass
class Dossier:
    receiving_agency: str
    competent_agency: str
    submitted_by: int = 99


@dataclass
class Task:
    role: Role
    agency: str
    unit: str | None = None


def someone(*grants: tuple[Role, str] | tuple[Role, str, str | None]) -> Actor:
    """An actor with these roles in these agencies, perhaps in units of them."""
    given = [
        Grant(role, agency, unit[0] if unit else None, BELOW.get(agency, frozenset({agency})))
        for role, agency, *unit in grants
    ]
    return Actor(7, "someone", "Ai đó", tuple(given))


HERE, THERE = Dossier(ONE, ONE), Dossier(TWO, TWO)
ROUTED = Dossier(receiving_agency=ONE, competent_agency=TWO)
ROWS = [(role, permission) for role in Role for permission in Permission]


@pytest.mark.parametrize(("role", "permission"), ROWS)
def test_the_table_is_what_is_asked(role: Role, permission: Permission) -> None:
    reach = PERMISSIONS[role].get(permission)
    actor = someone((role, ONE))
    assert has(actor, permission) == (reach is not None)
    covered = reach is not None and reach is not Reach.OWN
    assert may(actor, permission, HERE) == covered
    assert may(actor, permission, ROUTED) == covered
    assert not may(actor, permission, THERE)
    assert not may(actor, permission, Dossier(AWAY, AWAY))
    assert may_at(actor, permission, ONE) == (reach is not None)
    assert may_at(actor, permission, TWO) == (reach is Reach.OWN)


@pytest.mark.parametrize(("role", "permission"), ROWS)
def test_from_the_province_some_reach_the_agencies_below(
    role: Role, permission: Permission
) -> None:
    below = PERMISSIONS[role].get(permission) is Reach.SUBORDINATES
    actor = someone((role, PROVINCE))
    assert may(actor, permission, THERE) == below
    assert may(actor, permission, ROUTED) == below
    assert not may(actor, permission, Dossier(AWAY, AWAY))
    if PERMISSIONS[role].get(permission) is not Reach.OWN:
        assert may_at(actor, permission, TWO) == below


@pytest.mark.parametrize("permission", list(PERMISSIONS[Role.PORTAL]))
def test_the_portal_deals_with_its_own_dossiers_wherever_they_are(permission: Permission) -> None:
    portal = someone((Role.PORTAL, PROVINCE))
    assert may(portal, permission, Dossier(AWAY, AWAY, submitted_by=7))
    assert not may(portal, permission, Dossier(PROVINCE, PROVINCE, submitted_by=8))


def test_nobody_may_do_anything() -> None:
    nobody = someone()
    for permission in Permission:
        assert not has(nobody, permission)
        assert not may(nobody, permission, HERE)
        assert not may_at(nobody, permission, ONE)
    assert not may_work(nobody, Task(Role.LEADER, ONE))


def test_grants_add_up() -> None:
    actor = someone((Role.CASHIER, ONE), (Role.LEADER, TWO))
    assert may(actor, Permission.OBLIGATION_CONFIRM, HERE)
    assert not may(actor, Permission.OBLIGATION_CONFIRM, THERE)
    assert may(actor, Permission.DOSSIER_DISCONTINUE, THERE)
    assert not may(actor, Permission.DOSSIER_DISCONTINUE, HERE)


@pytest.mark.parametrize(
    ("grant", "task", "expected"),
    [
        ((Role.SPECIALIST, ONE), Task(Role.SPECIALIST, ONE), True),
        ((Role.SPECIALIST, ONE), Task(Role.SPECIALIST, ONE, "OFFICE"), True),
        ((Role.SPECIALIST, ONE, "OFFICE"), Task(Role.SPECIALIST, ONE, "OFFICE"), True),
        ((Role.SPECIALIST, ONE, "OFFICE"), Task(Role.SPECIALIST, ONE), True),
        ((Role.SPECIALIST, ONE, "ECONOMY"), Task(Role.SPECIALIST, ONE, "OFFICE"), False),
        ((Role.SPECIALIST, TWO, "OFFICE"), Task(Role.SPECIALIST, ONE, "OFFICE"), False),
        ((Role.SPECIALIST, PROVINCE), Task(Role.SPECIALIST, ONE), False),
        ((Role.LEADER, ONE), Task(Role.SPECIALIST, ONE), False),
        ((Role.ADMINISTRATOR, ONE), Task(Role.LEADER, ONE), False),
        ((Role.PORTAL, PROVINCE), Task(Role.RECEPTION_OFFICER, PROVINCE), False),
    ],
)
def test_tasks_are_meant_for_a_role_of_an_agency_and_unit(
    grant: tuple[Role, str], task: Task, expected: bool
) -> None:
    assert may_work(someone(grant), task) is expected


def test_a_role_and_a_unit_of_two_grants_do_not_mix() -> None:
    actor = someone((Role.SPECIALIST, ONE, "ECONOMY"), (Role.LEADER, ONE, "OFFICE"))
    assert not may_work(actor, Task(Role.SPECIALIST, ONE, "OFFICE"))


def test_who_changes_dossiers_may_read_them() -> None:
    for role, given in PERMISSIONS.items():
        acting = {
            p for p in given if p.value.startswith(("dossier", "supplement", "obligation", "task"))
        }
        assert not acting or Permission.DOSSIER_READ in given, role


def test_every_role_has_a_name_and_a_row() -> None:
    assert set(PERMISSIONS) == set(ROLE_NAMES) == set(Role)
    assert set(LANES.values()) > COUNTER_ROLES
