"""Messages do not arrive, and contacts are put right."""

import pytest

from engine.errors.contacts import ContactReached
from engine.life.timers import timers
from engine.model.alert import WHOLE, Level, Subject
from engine.model.contact import Means, Party
from engine.model.event import SYSTEM, EventType
from tests.unit.engine.living import Life

RAISED = (Subject.CONTACT, WHOLE, Level.NOTICE)


def miss(life: Life, party: str = "submitter", means: str = "phone") -> None:
    said = {"address": "0912345678", "said": "unknown subscriber"}
    data = {"party": party, "means": means, "channel": "sms", "why": "refused"}
    life.act(EventType.CONTACT_FAILED, SYSTEM, said, **data)


def correct(life: Life, party: str = "submitter") -> None:
    life.act(EventType.CONTACT_CORRECTED, 2, {"phone": "0987654321"}, party=party)


def test_a_contact_that_failed_is_an_alert_until_it_is_put_right() -> None:
    life = Life().accepted()
    waiting = timers(life.dossier)
    miss(life)
    (missed,) = life.dossier.unreached
    assert (missed.party, missed.means, missed.since) == (Party.SUBMITTER, Means.PHONE, life.now)
    assert RAISED in life.warnings()
    assert timers(life.dossier) == waiting
    correct(life)
    assert not life.dossier.unreached
    assert RAISED not in life.warnings()
    assert life.dossier.contacts == {Party.SUBMITTER: life.log[-2].seq}
    life.done_again()


def test_it_is_told_once() -> None:
    life = Life().accepted()
    miss(life)
    with pytest.raises(ContactReached):
        miss(life)


def test_two_of_a_moment_are_one_alert() -> None:
    life = Life().accepted()
    miss(life)
    miss(life, "owner", "mail")
    assert life.warnings().count(RAISED) == 1
    life.done_again()


def test_what_is_left_still_stands_when_one_is_put_right() -> None:
    life = Life().accepted()
    miss(life)
    life.passes(minutes=5)
    miss(life, "owner")
    correct(life, "owner")
    assert life.alert(Subject.CONTACT).against == life.dossier.unreached[0].since
    life.done_again()


def test_also_of_a_dossier_that_has_ended() -> None:
    life = Life().issued()
    life.complete("deliver")
    assert life.dossier.outcome
    miss(life)
    assert RAISED in life.warnings()
    correct(life)
    assert not life.warnings()
    life.done_again()
