"""Dossiers go before others for a reason, and it can be taken back."""

from copy import deepcopy

import pytest

from engine.errors import DossierFinished
from engine.errors.reception import NotPrioritised, PriorityNeedsNote, UnknownPriorityReason
from engine.errors.time import RulebookInvalid
from engine.life.rulebook import standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.model import snapshot
from engine.model.event import EventType
from engine.store.tasks import projections
from tests.unit.engine.living import Life

PRIORITISED, WITHDRAWN = EventType.DOSSIER_PRIORITISED, EventType.PRIORITY_WITHDRAWN


def reason(life: Life) -> str | None:
    return life.dossier.priority


def ranks(life: Life) -> set[int]:
    return {row.rank for row in projections(life.dossier).values()}


def test_given_changed_and_taken_back() -> None:
    life = Life().accepted()
    assert ranks(life) == {1}
    life.act(PRIORITISED, 2, reason="nguoi_cao_tuoi")
    assert (life.dossier.priority, ranks(life)) == ("nguoi_cao_tuoi", {0})
    life.act(PRIORITISED, 2, {"note": "Sắp hết hạn nhập học"}, reason="khan_cap")
    assert reason(life) == "khan_cap"
    life.act(WITHDRAWN, 2)
    assert reason(life) is None
    assert ranks(life) == {1}
    assert life.done_again() == life.dossier


def test_the_task_that_opens_next_goes_before_others_too() -> None:
    life = Life()
    life.act(PRIORITISED, 2, reason="nguoi_khuyet_tat")
    assert ranks(life.signing()) == {0}


def test_a_paused_dossier_may_be_given_priority() -> None:
    life = Life().accepted()
    life.pause()
    life.act(PRIORITISED, 2, reason="nguoi_co_cong")
    assert reason(life) == "nguoi_co_cong"


def test_refusals() -> None:
    life = Life()
    with pytest.raises(UnknownPriorityReason, match="«vip»"):
        life.act(PRIORITISED, 2, reason="vip")
    with pytest.raises(PriorityNeedsNote, match="«Lý do khác»"):
        life.act(PRIORITISED, 2, {"note": ""}, reason="khac")
    with pytest.raises(NotPrioritised):
        life.act(WITHDRAWN, 2)
    life.complete("check_papers", decision="refuse")
    for type_ in (PRIORITISED, WITHDRAWN):
        with pytest.raises(DossierFinished):
            life.act(type_, 2, reason="nguoi_cao_tuoi")


def test_ticket_and_assistance_are_kept() -> None:
    dossier = Life(ticket="A012", assisted=True).dossier
    assert (dossier.ticket, dossier.assisted) == ("A012", True)


def test_a_dossier_kept_before_there_was_priority_can_be_read() -> None:
    dossier = Life().dossier
    kept = snapshot.to_json(dossier)
    for name in ("ticket", "assisted", "priority"):
        del kept[name]
    assert snapshot.from_json(kept) == dossier


def test_a_rulebook_without_reasons_gives_priority_to_nobody() -> None:
    document = {k: v for k, v in standard_rulebook().items() if k != "priorities"}
    life = Life(rulebook=read_rulebook(document))
    with pytest.raises(UnknownPriorityReason):
        life.act(PRIORITISED, 2, reason="nguoi_cao_tuoi")


@pytest.mark.parametrize(
    "reason", [{"name": ""}, {"name": "X", "note": "yes"}, {"name": "X", "rank": 1}, "X", None]
)
def test_a_wrong_reason_is_named(reason: object) -> None:
    document = deepcopy(standard_rulebook())
    document["priorities"]["la"] = reason
    with pytest.raises(RulebookInvalid, match=r"priorities\.la"):
        read_rulebook(document)
