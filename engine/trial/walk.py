"""A test dossier walked through a draft, move by move."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.commands.acting import Check, for_, require, require_candidate
from engine.deadlines.calendar import local
from engine.errors import FormInvalid
from engine.errors.trials import (
    TrialBegun,
    TrialNotBegun,
    TrialPersonUnknown,
    TrialTimeInvalid,
    TrialTooLong,
)
from engine.life.acts import apply, begin
from engine.life.dues import OWN, open_of
from engine.life.guards import open_task
from engine.life.moments import text
from engine.life.payments import payments_of
from engine.life.timers import TimerKey, timers
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, Event, EventType
from engine.model.payment import Means, Receipt
from engine.model.request import AnswerOutcome
from engine.model.status import Channel
from engine.store.notice_calls import called_for
from engine.trial.ground import Ground
from engine.trial.moves import MOST_MOVES, Move, MoveKind
from engine.trial.papers import StandIns
from engine.trial.telling import Told, told

CODE = "THU-0001"
"""What the test dossier is called."""
MOST_YEARS = 5
_MOST_FIRED = 500
_NEWS: Mapping[MoveKind, tuple[EventType, Permission]] = {
    MoveKind.SUPPLEMENT: (EventType.SUPPLEMENT_RECEIVED, Permission.SUPPLEMENT_RECEIVE),
    MoveKind.OBLIGATION: (EventType.OBLIGATION_FULFILLED, Permission.OBLIGATION_CONFIRM),
    MoveKind.WITHDRAW: (EventType.WITHDRAWAL_REQUESTED, Permission.DOSSIER_WITHDRAW),
    MoveKind.DISCONTINUE: (EventType.DISCONTINUATION_DECIDED, Permission.DOSSIER_DISCONTINUE),
}


@dataclass
class Trial:
    """How far a walk has come: the dossier, its log, what would have been sent, and the simulated
    time."""

    ground: Ground
    now: datetime
    begun_at: datetime
    log: list[Event] = field(default_factory=list)
    notices: list[Told] = field(default_factory=list)
    _dossier: Dossier | None = None

    @property
    def dossier(self) -> Dossier:
        """The dossier; raises `TrialNotBegun`."""
        if self._dossier is None:
            raise TrialNotBegun()
        return self._dossier

    @property
    def begun(self) -> bool:
        """Whether anything was handed in."""
        return self._dossier is not None

    @property
    def next_moment(self) -> datetime | None:
        """When time itself will do something next; None where nothing is awaited of it."""
        return min(timers(self.dossier).values(), default=None) if self.begun else None

    def make(self, move: Move) -> None:
        """Let a move happen; raises whatever the rules say against it."""
        if move.kind is MoveKind.SUBMIT:
            self._submit(move)
        elif move.kind is MoveKind.LATER:
            self._later(move.until)
        elif move.kind is MoveKind.COMPLETE:
            self._complete(move)
        elif move.kind is MoveKind.PAY:
            self._pay(self._person(move))
        elif move.kind in (MoveKind.ANSWER, MoveKind.NO_ANSWER):
            self._answer(move)
        else:
            self._bring(move)

    def _submit(self, move: Move) -> None:
        if self.begun:
            raise TrialBegun()
        citizen = self._person(move)
        setting, agency = self.ground.setting, self.ground.people.agency
        channel, application = _handed_in(move.form)
        data = {
            "code": CODE,
            "procedure": setting.procedure.facts.code,
            "version": setting.procedure.digest,
            **vars(self.ground.in_force),
            "channel": channel.value,
            "submitted_on": local(self.now).date().isoformat(),
            "receiving_agency": agency,
            "competent_agency": agency,
            "components": self._components(),
            "ticket": None,
            "assisted": channel is not Channel.ONLINE,
        }
        said = {"owner": dict(_OWNER), "application": application}
        act = Act(EventType.DOSSIER_SUBMITTED, citizen.key, self.now, data, said)
        self._dossier = begin(act, setting)
        self._note()

    def _components(self) -> list[dict[str, Any]]:
        """Every paper that is always needed, as the counter would take it in."""
        return [
            {"code": each.code, "originals": each.originals, "copies": each.copies}
            for each in self.ground.setting.procedure.facts.components
            if each.required
        ]

    def _complete(self, move: Move) -> None:
        actor = self._person(move)
        task = open_task(self.dossier, move.place)
        check = require_candidate(actor, move.place)
        decision = move.form.get("decision")
        decision = decision if isinstance(decision, str) else None
        check(self.dossier)

        def do(act: Act) -> Dossier:
            self._do(act, check)
            return self.dossier

        setting = self.ground.setting
        StandIns(self.dossier, task, setting, do, actor.key, actor.key, self.now).provide(decision)
        cause = {
            "cause": next(each.code for each in setting.rulebook.causes.values() if not each.outage)
        }
        data = {"place": move.place, "decision": decision, "overdue": cause}
        said = {"form": dict(move.form)}
        self._do(Act(EventType.TASK_COMPLETED, actor.key, self.now, data, said), check)

    def _bring(self, move: Move) -> None:
        type_, permission = _NEWS[move.kind]
        actor = self._person(move)
        said = dict(move.form) or {"reason": "Lượt thử"}
        act = Act(type_, actor.key, self.now, {}, said)
        self._do(act, require(actor, permission, "làm việc này với hồ sơ thử"))

    def _pay(self, actor: Actor) -> None:
        """All that this office has to collect is paid in cash."""
        check = require(actor, Permission.PAYMENT_TAKE, "thu tiền của hồ sơ này")
        for due in list(open_of(self.dossier, OWN)):
            number = payments_of(self.dossier) + 1
            data = {
                "payment": number,
                "obligation": due.number,
                "means": Means.CASH.value,
                "reference": f"{CODE} {number}",
                "amount": due.outstanding,
                "paid_at": text(self.now),
                "document": None,
                "receipt": asdict(Receipt("BL-THU", number)),
            }
            self._do(Act(EventType.PAYMENT_SETTLED, actor.key, self.now, data), check)

    def _answer(self, move: Move) -> None:
        """Other software answers, or is waited for no longer."""
        if move.kind is MoveKind.NO_ANSWER:
            data = {"number": move.place, "why": "by_hand"}
            self._do(Act(EventType.REQUEST_DROPPED, SYSTEM, self.now, data), _anybody)
            return
        reason = move.form.get("reason")
        outcome = AnswerOutcome.REFUSED if reason else AnswerOutcome.DONE
        said = {"reason": reason} if reason else {"answer": dict(move.form)}
        data = {"number": move.place, "outcome": outcome.value}
        self._do(Act(EventType.ANSWER_RECEIVED, SYSTEM, self.now, data, said), _anybody)

    def _later(self, until: datetime | None) -> None:
        """Let time pass; what it brings happens in its order."""
        last = self.begun_at + timedelta(days=365 * MOST_YEARS)
        if until is None or not self.now < until <= last:
            raise TrialTimeInvalid(years=MOST_YEARS, now=f"{local(self.now):%H:%M %d/%m/%Y}")
        for _ in range(_MOST_FIRED):
            moment, key = (
                min(_coming(self.dossier), default=(until, None)) if self.begun else (until, None)
            )
            if key is None or moment > until:
                break
            self.now = max(self.now, moment)
            data = {"kind": key[0].value, "place": key[1]}
            self._do(Act(EventType.TIMER_FIRED, SYSTEM, self.now, data), _anybody)
        self.now = until

    def _do(self, act: Act, check: Check) -> None:
        apply(self.dossier, for_(act, check(self.dossier)), self.ground.setting)
        self._note()

    def _note(self) -> None:
        """Take what was recorded into the log, and what it tells citizens."""
        dossier = self.dossier
        called = called_for(dossier, self.ground.setting.procedure)
        self.notices += told(called, dossier)
        self.log += dossier.news
        dossier.news.clear()

    def _person(self, move: Move) -> Actor:
        actor = self.ground.people.by_name.get(move.by)
        if actor is None:
            raise TrialPersonUnknown(person=move.by)
        return actor


_OWNER = {
    "name": "Nguyễn Văn Thử",
    "personal_id": "042090001234",
    "phone": "0900000000",
    "email": "cong.dan@thu.example",
}


def _handed_in(form: Mapping[str, Any]) -> tuple[Channel, dict[str, Any]]:
    """How it came in, and the declaration; raises `FormInvalid`."""
    channel, application = form.get("channel", Channel.ONLINE), form.get("application", {})
    if channel not in list(Channel):
        raise FormInvalid({"channel": [f"Hãy chọn một trong: {', '.join(Channel)}."]})
    if not isinstance(application, dict):
        raise FormInvalid({"application": ["Tờ khai phải là một đối tượng JSON."]})
    return Channel(channel), application


def _anybody(_dossier: Dossier) -> None:
    """Nobody in particular does this."""


def _coming(dossier: Dossier) -> Iterable[tuple[datetime, TimerKey]]:
    return ((moment, key) for key, moment in timers(dossier).items())


def walked(ground: Ground, moves: Iterable[Move], begun_at: datetime) -> Trial:
    """Make all moves from the beginning; raises what stops one of them."""
    trial = Trial(ground, begun_at, begun_at)
    for number, move in enumerate(moves, start=1):
        if number > MOST_MOVES:
            raise TrialTooLong(most=MOST_MOVES)
        trial.make(move)
    return trial
