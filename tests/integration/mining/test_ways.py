"""What the ways of many dossiers say: variants, times, hands, rework, and whether as drawn."""

from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from engine.errors import NotPermitted
from engine.mining.conformance import Departure, Deviation
from engine.model.event import EventType
from engine.queries.mining import Asked, Picture, picture
from engine.store.tables import dossier, event
from tests.diagrams import CODE
from tests.integration.lives.tampering import drop_triggers
from tests.integration.mining.conftest import ASKED
from tests.office import COMMUNE_2, Office
from tests.processes.walker import Walker


def seen(office: Office, asked: Asked = ASKED) -> Picture:
    """What the control officer of the commune is shown."""
    with office.database.reading() as tx:
        return picture(tx, asked, CODE, office.actor("control1"))


def test_ways_that_dossiers_took(office: Office, walkers: list[Walker]) -> None:
    found = seen(office)
    assert (found.dossiers, found.more, found.kinds) == (5, False, 4)
    usual = found.variants[0]
    assert usual.steps == ("check_papers", "appraise", "sign", "deliver")
    assert (usual.count, usual.outcomes) == (2, {"delivered": 2})
    assert set(usual.examples) == {walkers[0].dossier.code, walkers[1].dossier.code}
    assert usual.spans
    assert usual.spans.count == 2

    passages = {(each.before, each.after): each.spans for each in found.passages}
    assert passages["appraise", "sign"].count == 5
    assert passages["appraise", "appraise"].count == 1
    assert ("appraise", "return_papers") in passages
    assert passages["sign", "deliver"].typical == pytest.approx(7 / 60, abs=0.06)

    assert found.step_names["return_papers"]
    assert {each.giver for each in found.handovers} <= set(found.people)


def test_what_was_done_again(office: Office, walkers: list[Walker]) -> None:
    again = seen(office).rework
    assert (again.dossiers, again.straight) == (5, 3)
    assert (again.returned, again.returns) == (1, 1)
    assert (again.supplemented, again.supplements) == (1, 1)
    repeated = {each.step: (each.dossiers, each.extra) for each in again.repeated}
    assert repeated == {"appraise": (2, 2), "sign": (1, 1)}


def test_the_way_of_every_dossier_is_drawn(office: Office, walkers: list[Walker]) -> None:
    found = seen(office).conformance
    assert (found.dossiers, found.followed, found.interrupted) == (5, 5, 1)
    assert found.deviations == ()
    assert found.unused == ("issue_discontinuation",)


def test_a_step_that_the_drawing_has_no_way_to_is_found(
    office: Office, walkers: list[Walker]
) -> None:
    code = walkers[0].dossier.code
    seq = _altered(office, code, EventType.TASK_OPENED, "sign", {"step": "return_papers"})
    deviation, *after = seen(office).conformance.deviations
    assert [each.step for each in after] == ["deliver"], "where it went on from there"
    assert deviation == Deviation(code, seq, Departure.NOT_DRAWN, "return_papers", ("appraise",))


def test_one_person_in_two_steps_that_must_be_apart_is_found(
    office: Office, walkers: list[Walker]
) -> None:
    code = walkers[1].dossier.code
    with office.database.transaction() as tx:
        drop_triggers(tx, office.database)
        appraised, signed, *_ = _events(tx, code, EventType.TASK_COMPLETED)[1:]
        where = (event.c.dossier_id == signed.dossier_id) & (event.c.seq == signed.seq)
        tx.execute(update(event).where(where).values(actor=appraised.actor))
    (deviation,) = seen(office).conformance.deviations
    assert deviation == Deviation(code, signed.seq, Departure.SAME_PERSON, "sign", ("appraise",))


def test_other_agencies_are_not_looked_at(office: Office, walkers: list[Walker]) -> None:
    elsewhere = Asked(ASKED.first, ASKED.last, COMMUNE_2)
    with pytest.raises(NotPermitted):
        seen(office, elsewhere)
    with office.database.reading() as tx:
        found = picture(tx, elsewhere, CODE, office.actor("auditor"))
    assert (found.dossiers, found.variants, found.conformance.followed) == (0, [], 0)


def _altered(office: Office, code: str, type_: EventType, step: str, change: dict[str, Any]) -> int:
    """Alter the first event of a type that is about a step; returns its number."""
    with office.database.transaction() as tx:
        drop_triggers(tx, office.database)
        found = next(row for row in _events(tx, code, type_) if row.data["step"] == step)
        where = (event.c.dossier_id == found.dossier_id) & (event.c.seq == found.seq)
        tx.execute(update(event).where(where).values(data={**found.data, **change}))
    return int(found.seq)


def _events(tx: Connection, code: str, type_: EventType) -> list[Any]:
    query = (
        select(event)
        .join(dossier, dossier.c.id == event.c.dossier_id)
        .where(dossier.c.code == code, event.c.type == type_)
        .order_by(event.c.seq)
    )
    return list(tx.execute(query))
