"""What of the notices that wait leaves when: nothing lost, nothing twice, nothing at night."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines.calendar import VIETNAM
from engine.letters.notice_rules import NoticeRule, is_held, rules_on
from engine.letters.posting import Parcel, Waiting, may_leave, parcels
from engine.model.channel import Channel
from engine.model.contact import Means

RULES = rules_on(date(2026, 11, 26))
START = datetime(2026, 11, 26, 6, tzinfo=VIETNAM)
ALL = frozenset(Channel)
MORNING = START.replace(hour=9)


def waiting(id_: int, ready_at: datetime = MORNING, address: str = "0912345678") -> Waiting:
    return Waiting(id_, Means.PHONE, address, ready_at, held=True)


def test_what_is_ready_takes_along_what_soon_will_be() -> None:
    soon, later = MORNING + RULES.window, MORNING + RULES.window * 2
    given_ = [waiting(1), waiting(2, soon), waiting(3, later), waiting(4, address="0987654321")]
    assert list(parcels(given_, MORNING, RULES, ALL)) == [
        Parcel(Channel.ZALO, "0912345678", (1, 2)),
        Parcel(Channel.ZALO, "0987654321", (4,)),
    ]


def test_nothing_leaves_only_because_it_soon_will_be_ready() -> None:
    assert not list(parcels([waiting(1, MORNING + RULES.window)], MORNING, RULES, ALL))


def test_who_has_no_zalo_is_told_by_sms() -> None:
    refused = replace(waiting(1), channel=Channel.SMS)
    (parcel,) = parcels([refused], MORNING, RULES, ALL)
    assert parcel.channel is Channel.SMS


def test_a_house_without_a_channel_says_so() -> None:
    mail_only = frozenset({Channel.MAIL})
    (parcel,) = parcels([waiting(1)], MORNING, RULES, mail_only)
    assert parcel.channel is None


RULE = st.sampled_from(list(RULES.notices.values()))
WRITTEN = st.lists(
    st.tuples(
        RULE,
        st.sampled_from(Means),
        st.sampled_from(["a", "b", "c"]),
        st.integers(0, 3 * 24 * 60),
    ),
    max_size=30,
)


@given(WRITTEN, st.integers(1, 200))
def test_over_some_days(written: list[tuple[NoticeRule, Means, str, int]], every: int) -> None:
    """Whatever is written when, and however seldom somebody looks."""
    open_ = {}
    for number, (rule, means, address, minute) in enumerate(written):
        at = START + timedelta(minutes=minute)
        ready = RULES.ready_at(rule, means, 0, at)
        held = is_held(rule, means)
        open_[number] = (at, Waiting(number, means, address, ready, held))
    told: Counter[int] = Counter()
    now, end = START, START + timedelta(days=5)
    while now < end:
        there = [each for at, each in open_.values() if at <= now]
        for parcel in parcels(there, now, RULES, ALL):
            for id_ in parcel.notices:
                _, each = open_.pop(id_)
                told[id_] += 1
                assert may_leave(each, now, RULES)
                assert not (each.held and RULES.quiet.holds(now))
                assert each.address == parcel.address
                assert parcel.channel is (
                    Channel.MAIL if each.means is Means.MAIL else Channel.ZALO
                )
        late = [each for _, each in open_.values() if each.ready_at <= now]
        assert all(each.held and RULES.quiet.holds(now) for each in late if each.ready_at <= now
                   and each in there)  # fmt: skip
        now += timedelta(minutes=every)
    assert not open_
    assert set(told) == set(range(len(written)))
    assert set(told.values()) <= {1}
