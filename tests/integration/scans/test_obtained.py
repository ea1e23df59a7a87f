"""Papers that databases have: recorded, counted, and part of the record that is proven."""

import pytest

from engine.commands.acting import Target
from engine.commands.obtaining import ObtainComponent, obtain_component
from engine.errors.documents import ComponentNotObtainable
from engine.queries.paper_counts import PaperFilter, count_papers
from engine.verification import verify_dossier
from tests.api.lives import Lives


def test_what_was_looked_up_is_recorded_and_counted(lives: Lives) -> None:
    dossier = lives.accepted()
    command = ObtainComponent(Target(dossier.code), "B", "Giấy chứng sinh số 12/2026")
    dossier = lives.act(obtain_component, command, "reception1")
    assert dossier.obtained["B"].by == lives.office.actor("reception1").key
    with lives.office.database.reading() as tx:
        leader = lives.office.actor("leader1")
        counts = count_papers(tx, PaperFilter(), None, leader, lives.clock())
        assert counts.total.obtained == 1
        assert verify_dossier(tx, dossier.code) is None


def test_what_no_database_has_cannot_be_looked_up(lives: Lives) -> None:
    command = ObtainComponent(Target(lives.accepted().code), "A", "Có trong kho")
    with pytest.raises(ComponentNotObtainable):
        lives.act(obtain_component, command, "reception1")
