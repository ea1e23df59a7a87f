"""Every dossier is in one group, and who answers for it is known."""

import pytest

from engine.life.groups import responsible, standing
from engine.model.event import EventType
from engine.model.standing import STANDING_NAMES, Standing
from tests.samples import answer, application, shipped
from tests.unit.engine.living import COMMUNE, OWN_DELAY, Life


@pytest.fixture
def life() -> Life:
    """Received on Monday at eight, due on Thursday at five."""
    return Life().accepted()


def group(life: Life) -> Standing:
    return standing(life.dossier)


def test_every_group_has_a_name() -> None:
    assert set(STANDING_NAMES) == set(Standing)


def test_as_time_passes() -> None:
    life = Life()
    assert group(life) is Standing.INTAKE
    life.accepted()
    assert group(life) is Standing.ON_TRACK
    life.lives_until("2026-07-08 16:59")
    assert group(life) is Standing.ON_TRACK
    life.lives_until("2026-07-08 17:00")
    assert group(life) is Standing.NEAR_DUE
    life.lives_until("2026-07-09 12:00")
    assert group(life) is Standing.NEAR_DUE
    life.lives_until("2026-07-09 17:00")
    assert group(life) is Standing.OVERDUE


def test_a_late_step_does_not_make_the_dossier_late(life: Life) -> None:
    life.becomes_overdue("appraise")
    assert group(life) is Standing.ON_TRACK


def test_a_dossier_that_rests_is_not_overdue_even_if_it_was(life: Life) -> None:
    life.becomes_overdue()
    life.pause()
    assert (group(life), life.dossier.overdue) == (Standing.PAUSED, True)
    life.lives_until("2026-12-31 17:00")
    assert group(life) is Standing.PAUSED_OVERDUE
    life.resume()
    assert group(life) is Standing.OVERDUE


def test_a_pause_during_which_time_runs_does_not_hide_that_it_is_late(life: Life) -> None:
    life.pause("loi_he_thong")
    assert group(life) is Standing.PAUSED
    life.lives_until("2026-07-09 17:00")
    assert group(life) is Standing.OVERDUE


def test_a_rest_before_receipt() -> None:
    birth = shipped("1_001193")
    life = Life(birth, application=application(birth))
    life.complete("check_papers", **answer(birth, "check_papers", decision="supplement"))
    assert group(life) is Standing.PAUSED
    life.lives_until("2026-08-31 17:00")
    assert group(life) is Standing.PAUSED_OVERDUE
    life.act(EventType.SUPPLEMENT_RECEIVED, 2)
    assert group(life) is Standing.INTAKE


@pytest.mark.parametrize("late", [False, True])
def test_when_the_result_is_ready(late: bool) -> None:
    life = Life().signing()
    if late:
        life.becomes_overdue()
    life.complete("sign", 4, because=OWN_DELAY, decision="approve")
    expected = Standing.DONE_LATE if late else Standing.DONE
    assert group(life) is expected
    life.lives_until("2026-12-31 17:00")
    life.complete("deliver")
    assert group(life) is expected


def test_taken_out_before_it_was_received_it_is_in_time() -> None:
    life = Life()
    life.passes(days=30)
    life.act(EventType.WITHDRAWAL_REQUESTED, 2)
    life.complete("return_papers", because=OWN_DELAY)
    assert group(life) is Standing.DONE


def test_refused_after_its_date_it_is_done_late(life: Life) -> None:
    life.becomes_overdue()
    life.complete("appraise", 3, because=OWN_DELAY, decision="refuse")
    assert group(life) is Standing.DONE_LATE


class TestResponsible:
    """Who answers for a dossier."""

    def test_for_the_open_task(self, life: Life) -> None:
        who = responsible(life.dossier)
        assert (who.agency, who.unit, who.role, who.holder) == (
            COMMUNE,
            "OFFICE",
            "specialist",
            None,
        )
        life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
        assert responsible(life.dossier).holder == 3

    def test_while_nothing_is_open_whoever_did_the_last_task(self, life: Life) -> None:
        life.complete("appraise", 3, decision="supplement")
        assert life.dossier.tasks == {}
        assert responsible(life.dossier).holder == 3

    def test_in_the_end_whoever_did_the_last_task(self) -> None:
        life = Life().issued()
        life.complete("deliver")
        assert responsible(life.dossier).holder == 2
