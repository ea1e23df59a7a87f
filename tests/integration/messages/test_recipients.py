"""Who is told: the holder or all who could be, then the ladder; never nobody."""

from sqlalchemy import event

from bpmn.roles import Role
from engine.commands.substitution import StandIn, stand_in
from engine.model.alert import Rung
from engine.model.responsible import Responsible
from engine.store.database import Database
from engine.store.recipients import told
from tests.clock import START
from tests.integration.messages.people import add_person, address_of, dismiss, give_addresses
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office

AT_THE_OFFICE = Responsible(COMMUNE_1, "OFFICE", Role.SPECIALIST)
AT_THE_COUNTER = Responsible(COMMUNE_1, None, Role.RECEPTION_OFFICER)


def names(database: Database, rung: Rung, who: Responsible) -> tuple[Rung, list[str]]:
    """The rung told and the names of those on it, without «Người dùng»."""
    with database.reading() as tx:
        reached, found = told(tx, rung, who, START.date())
    return reached, [each.full_name.removeprefix("Người dùng ") for each in found]


def test_the_holder(office: Office, database: Database) -> None:
    give_addresses(database, ["office1"])
    holder = office.actor("office1").id
    who = Responsible(COMMUNE_1, "OFFICE", Role.SPECIALIST, holder)
    with database.reading() as tx:
        reached, (recipient,) = told(tx, Rung.HOLDER, who, START.date())
    assert reached is Rung.HOLDER
    assert (recipient.id, recipient.full_name) == (holder, "Người dùng office1")
    assert recipient.email == address_of("office1")


def test_all_who_could_hold_it(office: Office, database: Database) -> None:
    anywhere = Responsible(COMMUNE_1, None, Role.SPECIALIST)
    five = ["culture1", "economy1", "office1", "second_office1", "centre1"]
    assert names(database, Rung.HOLDER, AT_THE_OFFICE) == (
        Rung.HOLDER, ["office1", "second_office1"],
    )  # fmt: skip
    assert names(database, Rung.HOLDER, anywhere) == (Rung.HOLDER, five)
    add_person(database, "everywhere", Role.SPECIALIST)
    assert names(database, Rung.HOLDER, AT_THE_OFFICE)[1][-1] == "everywhere"


def test_heads_of_the_unit(office: Office, database: Database) -> None:
    add_person(database, "office_head", Role.UNIT_HEAD, "OFFICE")
    add_person(database, "economy_head", Role.UNIT_HEAD, "ECONOMY")
    add_person(database, "elsewhere", Role.UNIT_HEAD, "OFFICE", COMMUNE_2)
    assert names(database, Rung.UNIT_HEAD, AT_THE_OFFICE) == (Rung.UNIT_HEAD, ["office_head"])
    add_person(database, "head_of_all", Role.UNIT_HEAD)
    assert names(database, Rung.UNIT_HEAD, AT_THE_OFFICE)[1] == ["office_head", "head_of_all"]
    signing = Responsible(COMMUNE_1, None, Role.LEADER)
    assert names(database, Rung.UNIT_HEAD, signing)[1] == ["head_of_all"]


def test_the_counter_has_a_director(office: Office, database: Database) -> None:
    add_person(database, "head", Role.UNIT_HEAD)
    assert names(database, Rung.UNIT_HEAD, AT_THE_COUNTER) == (Rung.UNIT_HEAD, ["director1"])


def test_control_officers(office: Office, database: Database) -> None:
    ours, above = (Rung.CONTROL_OFFICER, ["control1"]), (Rung.CONTROL_OFFICER, ["control"])
    assert names(database, Rung.CONTROL_OFFICER, AT_THE_OFFICE) == ours
    dismiss(database, "control1")
    assert names(database, Rung.CONTROL_OFFICER, AT_THE_OFFICE) == above
    of_the_province = Responsible(PROVINCE, None, None)
    assert names(database, Rung.CONTROL_OFFICER, of_the_province) == above


def test_leaders(office: Office, database: Database) -> None:
    assert names(database, Rung.LEADER, AT_THE_OFFICE) == (
        Rung.LEADER, ["leader1", "second_leader1"],
    )  # fmt: skip


def test_a_rung_without_anyone_is_passed_over(office: Office, database: Database) -> None:
    assert names(database, Rung.UNIT_HEAD, AT_THE_OFFICE) == (Rung.CONTROL_OFFICER, ["control1"])
    holder = office.actor("office1").id
    dismiss(database, "office1", "control1", "control")
    who = Responsible(COMMUNE_1, "OFFICE", Role.SPECIALIST, holder)
    leaders = (Rung.LEADER, ["leader1", "second_leader1"])
    assert names(database, Rung.HOLDER, who) == leaders
    dismiss(database, "leader1", "second_leader1")
    assert names(database, Rung.LEADER, AT_THE_OFFICE) == (Rung.HOLDER, ["second_office1"])
    dismiss(database, "second_office1")
    assert names(database, Rung.UNIT_HEAD, AT_THE_OFFICE) == (Rung.UNIT_HEAD, [])


def test_one_query_for_a_rung(office: Office, database: Database) -> None:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        for rung in (Rung.HOLDER, Rung.CONTROL_OFFICER, Rung.LEADER):
            names(database, rung, AT_THE_OFFICE)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    assert len(seen) == 3


def test_those_who_stand_in_are_told_too(office: Office, database: Database) -> None:
    away, here = (office.actor(name).id for name in ("office1", "culture1"))
    leave = StandIn(away, here, START.date(), START.date(), "Nghỉ phép")
    with database.transaction() as tx:
        stand_in(tx, leave, office.actor("office1"), START)
    holding = Responsible(COMMUNE_1, "OFFICE", Role.SPECIALIST, away)
    assert names(database, Rung.HOLDER, holding)[1] == ["culture1", "office1"]
    assert names(database, Rung.HOLDER, AT_THE_OFFICE)[1] == [
        "culture1", "office1", "second_office1",
    ]  # fmt: skip
    elsewhere = Responsible(COMMUNE_2, "OFFICE", Role.SPECIALIST, away)
    assert names(database, Rung.HOLDER, elsewhere)[1] == ["office1"]
