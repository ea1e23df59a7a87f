"""On what terms a person may pause a dossier: reason, evidence, end, number of times."""

from typing import Any

import pytest

from bpmn.procedure import procedure_from_sources
from engine.errors import (
    AlreadyPaused,
    EngineError,
    NotPaused,
    PauseNotAllowed,
    UnknownPauseReason,
)
from engine.errors.time import (
    PauseNeedsEvidence,
    PauseUntilInvalid,
    PauseUntilNeeded,
    PauseUsedUp,
)
from engine.model.event import EventType
from engine.model.status import Status
from tests.samples import answer, application, shipped
from tests.unit.engine.living import SIMPLE, Life, ruled

AFTER_FIFTEEN_DAYS = "2026-07-27T10:00:00+00:00"
"""Where fifteen working days from the beginning end."""


@pytest.fixture
def life() -> Life:
    """Received on Monday, 6 July at eight."""
    return Life().accepted()


def refused(life: Life, error: type[EngineError], reason: str, **terms: Any) -> str:
    """A pause that is neither ordered nor asked for: nothing changes. Why, in words."""
    before = life.dossier
    with pytest.raises(error) as asked:
        life.act(EventType.PAUSE_REQUESTED, 4, reason=reason, **terms)
    with pytest.raises(error) as refusal:
        life.act(EventType.DOSSIER_PAUSED, 4, reason=reason, **terms)
    assert life.dossier == before
    assert str(asked.value) == str(refusal.value)
    return refusal.value.message


PAPER = {"document": "12/CV", "date": "2026-07-06"}


@pytest.mark.parametrize(
    "reason",
    ["nghia_vu_tai_chinh", "lay_y_kien_phoi_hop", "loi_he_thong", "yeu_cau_cua_cong_dan", "khac"],
)
@pytest.mark.parametrize("evidence", [None, {}])
def test_some_reasons_need_evidence(life: Life, reason: str, evidence: object) -> None:
    refused(life, PauseNeedsEvidence, reason, evidence=evidence)


def test_the_evidence_is_kept_with_the_pause(life: Life) -> None:
    life.pause("loi_he_thong", evidence={"outage": 7})
    (pause,) = life.dossier.pauses
    assert (pause.evidence, pause.by, pause.asked_by) == ({"outage": 7}, "4", None)


def test_a_reason_without_limit_needs_an_end(life: Life) -> None:
    assert "ngày dự kiến tiếp tục" in refused(life, PauseUntilNeeded, "khac", evidence=PAPER)


@pytest.mark.parametrize("until", ["2026-07-06T00:59:59+00:00", "2026-07-06T01:00:00+00:00"])
def test_a_pause_does_not_end_before_it_begins(life: Life, until: str) -> None:
    refused(life, PauseUntilInvalid, "khac", evidence=PAPER, until=until)


def test_a_pause_ends_within_the_limit_of_its_reason(life: Life) -> None:
    beyond = "2026-07-27T10:00:01+00:00"
    said = refused(life, PauseUntilInvalid, "kiem_tra_thuc_te_do_dac", until=beyond)
    assert "17:00 ngày 27/07/2026" in said
    life.pause("kiem_tra_thuc_te_do_dac", until=AFTER_FIFTEEN_DAYS)
    assert life.dossier.pauses[0].until == life.until("2026-07-27 17:00")


def test_without_an_end_the_limit_of_the_reason_is_the_end(life: Life) -> None:
    events = life.pause("kiem_tra_thuc_te_do_dac")
    limit = next(event for event in events if event.type is EventType.PAUSE_LIMIT_SET)
    assert limit.data["until"] == AFTER_FIFTEEN_DAYS
    assert limit.caused_by == events[0].seq


def test_a_procedure_may_set_its_own_limit_and_times() -> None:
    terms = '[pauses.kiem_tra_thuc_te_do_dac]\nlimit = "2 working_days"\ntimes = 1\n'
    sources = dict(SIMPLE.sources)
    sources["facts.toml"] += terms
    life = Life(procedure_from_sources(sources)).accepted()
    refused(life, PauseUntilInvalid, "kiem_tra_thuc_te_do_dac", until=AFTER_FIFTEEN_DAYS)
    life.pause("kiem_tra_thuc_te_do_dac")
    assert life.dossier.pauses[0].until == life.until("2026-07-08 17:00")
    life.resume()
    refused(life, PauseUsedUp, "kiem_tra_thuc_te_do_dac")


def test_a_reason_may_be_used_up(life: Life) -> None:
    for _ in range(2):
        life.pause("yeu_cau_cua_cong_dan")
        life.resume()
    said = refused(life, PauseUsedUp, "yeu_cau_cua_cong_dan", evidence=PAPER)
    assert "2 lần" in said
    life.pause("kiem_tra_thuc_te_do_dac")


@pytest.mark.parametrize("reason", ["", "khac ", "KHAC", "nghi_trua"])
def test_an_unknown_reason(life: Life, reason: str) -> None:
    refused(life, UnknownPauseReason, reason, evidence=PAPER)


def test_a_reason_that_only_the_diagram_gives(life: Life) -> None:
    refused(life, PauseNotAllowed, "bo_sung_ho_so", evidence=PAPER)


def test_a_pause_while_paused(life: Life) -> None:
    life.pause()
    refused(life, AlreadyPaused, "kiem_tra_thuc_te_do_dac")


def test_a_resume_of_what_runs(life: Life) -> None:
    before = life.dossier
    with pytest.raises(NotPaused, match="không ở trạng thái tạm dừng"):
        life.resume()
    assert life.dossier == before


def test_a_resume_of_what_only_the_diagram_has_paused(life: Life) -> None:
    life.complete("appraise", 3, decision="supplement")
    with pytest.raises(NotPaused):
        life.resume()


class TestSupplements:
    """Papers are asked for once before receipt and once after (Decree 61/2018, art. 11, 17)."""

    def test_not_a_second_time(self, life: Life) -> None:
        life.complete("appraise", 3, decision="supplement")
        life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        before = life.dossier
        with pytest.raises(PauseUsedUp, match="Bổ sung hồ sơ"):
            life.complete("appraise", 3, decision="supplement")
        assert life.dossier == before
        life.complete("appraise", 3, decision="refuse")
        assert life.status() is Status.REFUSED

    def test_more_often_where_the_rulebook_says_so(self) -> None:
        life = Life(rulebook=ruled(pauses={"bo_sung_ho_so": {"times": 2}})).accepted()
        for _ in range(2):
            life.complete("appraise", 3, decision="supplement")
            life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        with pytest.raises(PauseUsedUp):
            life.complete("appraise", 3, decision="supplement")

    def test_one_before_receipt_does_not_count_after_it(self) -> None:
        birth = shipped("1_001193")
        life = Life(birth, application=application(birth))

        def ask(step: str) -> None:
            life.complete(step, **answer(birth, step, decision="supplement"))

        ask("check_papers")
        life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        with pytest.raises(PauseUsedUp):
            ask("check_papers")
        life.complete("check_papers", **answer(birth, "check_papers", decision="accept"))
        life.complete("digitise", **answer(birth, "digitise"))
        ask("appraise")
        life.complete("send_supplement_request", **answer(birth, "send_supplement_request"))
        assert life.dossier.times_paused == {"bo_sung_ho_so@intake": 1, "bo_sung_ho_so": 1}
        life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        with pytest.raises(PauseUsedUp):
            ask("appraise")
