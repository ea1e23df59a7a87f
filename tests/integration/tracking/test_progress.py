"""What citizens are told at every station of their dossier's way."""

from datetime import date, timedelta

import pytest

from bpmn.steps import Outcome
from engine.commands.acting import Target
from engine.commands.lateness import ExtendDueDate, extend_due_date
from engine.commands.pauses import PauseDossier, pause_dossier
from engine.model.status import Channel
from engine.queries.progress import Passed, Progress, progress
from engine.queries.progress_asks import AskKind
from engine.queries.progress_words import ENDINGS, Phase
from tests.clock import FakeClock
from tests.integration.tracking.people import SECRET, by_slip
from tests.office import Office
from tests.processes.going import Way
from tests.processes.walker import Walker
from tests.processes.ways import WAYS
from tests.samples import shipped

RECEIVED = "check_papers=accept digitise"
FEE = {"late_registration": True}


def looked_up(walker: Walker) -> Progress:
    """The progress now."""
    with walker.office.database.reading() as tx:
        return progress(tx, by_slip(walker.dossier.code), SECRET, walker.clock())


def birth(office: Office, clock: FakeClock, way: str, folder: str = "1_001193") -> Progress:
    """After a birth registration at the counter, or another procedure, went so far."""
    walker = Walker(office, clock, shipped(folder))
    walker.walk(Channel.DIRECT, FEE if folder == "1_001193" else {}, way)
    return looked_up(walker)


def now(told: Progress) -> list[Phase]:
    """Where it is."""
    return [view.phase for view in told.phases if view.passed is Passed.NOW]


def names(told: Progress) -> list[str]:
    """Its milestones."""
    return [milestone.name for milestone in told.milestones]


@pytest.mark.parametrize(
    ("way", "phase", "headline"),
    [
        (RECEIVED, Phase.PROCESSING, "Đang giải quyết"),
        ("check_papers=accept", Phase.PROCESSING, "Đã tiếp nhận, đang giải quyết"),
        ("check_papers=supplement", Phase.INTAKE, "Cần bổ sung giấy tờ để được tiếp nhận"),
        (f"{RECEIVED} appraise=approve enter_register collect_fee", Phase.SIGNING,
         "Đang giải quyết"),
        (f"{RECEIVED} +withdrawal", Phase.RETURN, "Đang làm thủ tục rút hồ sơ"),
        (f"{RECEIVED} +discontinuation", Phase.RETURN, "Đang làm thủ tục dừng giải quyết"),
    ],
)  # fmt: skip
def test_where_it_is(
    office: Office, clock: FakeClock, way: str, phase: Phase, headline: str
) -> None:
    told = birth(office, clock, way)
    assert (now(told), told.headline) == ([phase], headline)


@pytest.mark.parametrize("way", WAYS["1_001193"], ids=lambda way: way.name)
def test_how_it_ended(office: Office, clock: FakeClock, way: Way) -> None:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.walk(way.channel, way.changes, way.steps)
    told = looked_up(walker)
    assert told.ended
    assert not [*now(told), *told.asks, *told.pauses]
    assert told.milestones[-1].name == ENDINGS[way.outcome]
    assert told.rating_open == (way.outcome is Outcome.DELIVERED)
    assert told.rating is None


def test_papers_asked_for_at_the_counter(office: Office, clock: FakeClock) -> None:
    (ask,) = birth(office, clock, "check_papers=supplement").asks
    assert ask.kind is AskKind.SUPPLEMENT
    assert ask.text
    assert ask.until


def test_papers_asked_for_later(office: Office, clock: FakeClock) -> None:
    told = birth(office, clock, f"{RECEIVED} appraise=supplement send_supplement_request")
    (ask, fee), (pause,) = told.asks, told.pauses
    assert (ask.kind, ask.until) == (AskKind.SUPPLEMENT, pause.until)
    assert (fee.kind, fee.amount) == (AskKind.FEE, 5_000)
    assert ask.text
    assert ask.contact
    assert pause.name == "Chờ bạn bổ sung giấy tờ"
    assert pause.effect == "Khi tiếp tục, thời hạn giải quyết được tính lại từ đầu."
    assert told.due_moves
    assert told.milestones[-1].detail == "Chờ bạn bổ sung giấy tờ"


def test_papers_that_came_are_told_once(office: Office, clock: FakeClock) -> None:
    way = f"{RECEIVED} appraise=supplement send_supplement_request +supplement"
    told = birth(office, clock, way)
    assert names(told)[-2:] == ["Tạm dừng giải quyết", "Đã nhận giấy tờ bổ sung"]
    assert not told.due_moves


def test_a_fee(office: Office, clock: FakeClock) -> None:
    (ask,) = birth(office, clock, f"{RECEIVED} appraise=approve enter_register").asks
    assert (ask.kind, ask.amount) == (AskKind.FEE, 5_000)


def test_a_result_to_fetch(office: Office, clock: FakeClock) -> None:
    way = f"{RECEIVED} appraise=approve enter_register collect_fee sign=approve seal"
    told = birth(office, clock, way)
    (ask,) = told.asks
    assert (ask.kind, now(told)) == (AskKind.COLLECTION, [Phase.RESULT])
    assert told.counter.agency == "Ủy ban nhân dân xã số 1"
    assert told.counter.sessions
    assert told.counter.opens_at == clock()


def test_an_obligation(office: Office, clock: FakeClock) -> None:
    way = (
        f"{RECEIVED} appraise=approve survey confirm_status ~public_posting"
        " conclude_posting=approve send_tax_information"
    )
    told = birth(office, clock, way, "1_013978")
    ask, fee = told.asks
    assert (ask.kind, ask.until) == (AskKind.OBLIGATION, told.pauses[0].until)
    assert (fee.kind, fee.amount) == (AskKind.FEE, 100_000)
    assert "Hồ sơ được giải quyết tiếp" in names(told)


def test_who_is_in_charge(office: Office, clock: FakeClock) -> None:
    walker = Walker(office, clock, shipped("1_001193"))
    walker.submit(Channel.ONLINE, FEE, None)
    told = looked_up(walker)
    assert told.in_charge.person is None
    assert told.in_charge.role == "Bộ phận Một cửa"
    assert (told.due_at, told.received_at, told.overdue) == (None, None, False)


def test_a_due_date_that_was_put_off(office: Office, clock: FakeClock) -> None:
    walker = Walker(office, clock, shipped("1_013978"))
    walker.walk(Channel.DIRECT, {}, RECEIVED)
    before = walker.dossier.due_at
    assert before
    command = ExtendDueDate(
        Target(walker.dossier.code), _working_day_after(before.date()), "cham_xu_ly",
        "Xin lỗi vì máy đo hỏng",
    )  # fmt: skip
    walker.do(extend_due_date, command, walker.someone("leader1"))
    told = looked_up(walker)
    (move,) = told.moves
    assert (move.before, move.after, move.reason) == (before, told.due_at, "Xin lỗi vì máy đo hỏng")
    assert move.why == "Cơ quan xin lỗi và hẹn lại"
    assert names(told)[-1] == "Cơ quan xin lỗi và hẹn lại ngày trả kết quả"


def _working_day_after(day: date) -> date:
    """Three weeks later: it is due on a working day, and so is this."""
    return day + timedelta(days=21)


def test_a_pause_by_order(office: Office, clock: FakeClock) -> None:
    walker = Walker(office, clock, shipped("1_013978"))
    walker.walk(Channel.DIRECT, {}, RECEIVED)
    command = PauseDossier(
        Target(walker.dossier.code), "khac", "Lãnh đạo đi vắng", clock() + timedelta(days=3),
        {"document": "5/CV"},
    )  # fmt: skip
    walker.do(pause_dossier, command, walker.someone("leader1"))
    told = looked_up(walker)
    (pause,) = told.pauses
    assert pause.effect == "Thời gian này không tính vào thời hạn giải quyết."
    assert pause.name.startswith("Có việc cần làm rõ")
    assert told.headline == "Đang tạm dừng"
