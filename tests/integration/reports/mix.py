"""Offices whose dossiers fall into a report just as often as a report of real life says.

Every dossier is led by commands, all of them in the order of time; no row is written by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from bpmn.procedure import procedure_from_sources
from bpmn.roles import Role
from engine.commands.acting import Target
from engine.commands.course import EndDossier, discontinue_dossier, withdraw_dossier
from engine.commands.pauses import PauseDossier, pause_dossier
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.deadlines.calendar import VIETNAM
from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.model.report import Period
from engine.model.status import Channel
from engine.store import agencies, definitions, dossiers, users
from engine.store.database import Database
from engine.store.migrate import upgrade
from tests.api.lives import CAUSE, LETTER
from tests.diagrams import CODE, FACTS, simple
from tests.integration.reports.happenings import Deed, Happenings

BEFORE = datetime(2020, 1, 1, 8, tzinfo=VIETNAM)
FATES = (
    *("early", "on_time", "late", "refused", "withdrawn", "discontinued"),
    *("in_time", "overdue", "paused", "paused_over"),
)
_DAY = timedelta(days=1)
_STAFF = {
    "reception": Role.RECEPTION_OFFICER,
    "office": Role.SPECIALIST,
    "leader": Role.LEADER,
    "control": Role.PROCEDURE_CONTROL_OFFICER,
}
_WORKERS = {
    "check_papers": "reception",
    "appraise": "office",
    "sign": "leader",
    "return_papers": "reception",
    "issue_discontinuation": "leader",
}


@dataclass(frozen=True)
class Sort:
    """So many dossiers of a sort: how they come (`carried`: before the period begins), where, and
    what became of them when it ends."""

    number: int
    fate: str
    channel: Channel = Channel.DIRECT
    carried: bool = False
    agency: str = "X"
    procedure: str = CODE


@dataclass(frozen=True)
class Agency:
    """An agency with someone in every role that the small procedure needs."""

    code: str
    level: str = "commune"
    parent: str | None = None


def furnish(database: Database, places: Iterable[Agency], fields: dict[str, str]) -> None:
    """Found the agencies, and put the small procedure in force under the codes given, each in
    its field."""
    upgrade(database)
    with database.transaction() as tx:
        for place in places:
            name = f"Ủy ban nhân dân {place.code}"
            agencies.add(tx, place.code, name, place.level, place.code, place.parent)
            for who, role in _STAFF.items():
                user_id = users.add(tx, f"{who}.{place.code}", f"{who} {place.code}", "-", BEFORE)
                users.add_grant(tx, user_id, role, place.code, None)
        for code, field in fields.items():
            definitions.put(tx, procedure_from_sources(sources(code, field)), None, BEFORE)


def sources(code: str, field: str) -> dict[str, str]:
    """The files of the small procedure under another code, in a field."""
    facts = FACTS.replace(CODE, code).replace('field = "Thử"', f'field = "{field}"')
    everywhere = 'also_at = ["province", "district"]\n'
    files = simple()
    drawn = files["procedure.bpmn"].replace(_id(CODE), _id(code))
    facts = facts.replace('unit = "OFFICE"\n', everywhere)
    return {**files, "facts.toml": facts, "procedure.bpmn": drawn}


class Mix:
    """Leads dossiers through a period; `run` to its end, then `afterwards`."""

    def __init__(self, database: Database, period: Period, sorts: Iterable[Sort]) -> None:
        self.database = database
        self.period = period
        self._happenings = Happenings(database)
        self._people: dict[str, Actor] = {}
        self.codes: dict[str, list[str]] = {fate: [] for fate in FATES}
        for sort in sorts:
            for number in range(sort.number):
                self._plan(sort, number)

    def run(self, until: datetime | None = None) -> "Mix":
        """Let the period happen, to the evening of its last day."""
        self._happenings.run(until or _at(self.period.end, 23))
        return self

    def afterwards(self) -> "Mix":
        """Let everything that went on be brought to an end after the period."""
        for fate, days in (("in_time", 1), ("overdue", 5)):
            for code in self.codes[fate]:
                moment = _at(self.period.end + days * _DAY, 9)
                self._happenings.at(moment, self._finishing(code))
        self._happenings.run(_at(self.period.end + 30 * _DAY, 8))
        return self

    def actor(self, tx: Connection, who: str, agency: str) -> Actor:
        """Someone of an agency."""
        name = f"{who}.{agency}"
        if name not in self._people:
            found = users.actor_by_username(tx, name)
            assert found is not None
            self._people[name] = found[0]
        return self._people[name]

    def _plan(self, sort: Sort, number: int) -> None:
        self._happenings.at(self._received_at(sort, number), lambda tx, at: self._in(tx, at, sort))

    def _received_at(self, sort: Sort, number: int) -> datetime:
        """When a dossier must come for its fate to be what it is, by a limit of three days."""
        start, end = self.period.start, self.period.end
        if sort.carried:
            back = {"on_time": 1, "late": 8, "overdue": 8}.get(sort.fate, 1)
            return _at(_working(start - back * _DAY), 9)
        if sort.fate in ("in_time", "paused"):
            return _at(_working(end), 9)
        if sort.fate == "paused_over":
            return _at(_working(end - 8 * _DAY), 9)
        days = max(1, (end - start).days - 16)
        return _at(_working(start + (4 + number % days) * _DAY), 9)

    def _in(self, tx: Connection, at: datetime, sort: Sort) -> None:
        at_once = sort.channel is Channel.DIRECT
        command = SubmitDossier(
            procedure=sort.procedure,
            channel=sort.channel,
            receiving_agency=sort.agency,
            owner={"name": "Nguyễn Văn Bình"},
            application={"note": "Kính đề nghị"},
            intake={"decision": "accept"} if at_once else None,
        )
        dossier = submit_dossier(tx, command, self.actor(tx, "reception", sort.agency), at)
        if not at_once:
            dossier = self._step(tx, at, dossier, decision="accept")
        self.codes[sort.fate].append(dossier.code)
        self._go_on(at, dossier, sort)

    def _go_on(self, at: datetime, dossier: Dossier, sort: Sort) -> None:
        """Plan what decides its fate, now that its due date is known."""
        assert dossier.due_at is not None
        soon = max(at + timedelta(hours=2), _at(self.period.start, 9))
        code, due = dossier.code, _at(dossier.due_at.date(), 10)
        if sort.fate in ("early", "refused", "withdrawn", "discontinued"):
            self._happenings.at(soon, self._ending(code, sort))
        elif sort.fate in ("on_time", "late"):
            late = max(due + _DAY, _at(self.period.start, 9))
            self._happenings.at(due if sort.fate == "on_time" else late, self._finishing(code))
        elif sort.fate in ("paused", "paused_over"):
            days = 10 if sort.fate == "paused" else -2
            until = _at(self.period.end + days * _DAY, 17)
            self._happenings.at(at + timedelta(hours=1), self._pausing(code, sort, until))

    def finish(self, tx: Connection, at: datetime, code: str) -> None:
        """Bring a dossier to its result."""
        dossier = dossiers.lock(tx, code).dossier
        for decision in ("approve", "approve"):
            dossier = self._step(tx, at, dossier, decision=decision)

    def _finishing(self, code: str) -> Deed:
        return lambda tx, at: self.finish(tx, at, code)

    def _ending(self, code: str, sort: Sort) -> Deed:
        if sort.fate == "early":
            return self._finishing(code)

        def end(tx: Connection, at: datetime) -> None:
            dossier = dossiers.lock(tx, code).dossier
            if sort.fate == "withdrawn":
                way = EndDossier(Target(code), "Chuyển nơi cư trú")
                reception = self.actor(tx, "reception", sort.agency)
                dossier = withdraw_dossier(tx, way, reception, at)
            elif sort.fate == "discontinued":
                way = EndDossier(Target(code), "Có quyết định của Tòa án")
                dossier = discontinue_dossier(tx, way, self.actor(tx, "leader", sort.agency), at)
            self._step(tx, at, dossier, decision="refuse")

        return end

    def _pausing(self, code: str, sort: Sort, until: datetime) -> Deed:
        def pause(tx: Connection, at: datetime) -> None:
            command = PauseDossier(Target(code), "khac", "Chờ văn bản", until, LETTER)
            pause_dossier(tx, command, self.actor(tx, "leader", sort.agency), at)

        return pause

    def _step(self, tx: Connection, at: datetime, dossier: Dossier, **form: str) -> Dossier:
        """Complete the one open task."""
        ((number, task),) = dossier.tasks.items()
        command = CompleteTask(Target(dossier.code), number, form, CAUSE)
        return complete_task(tx, command, self.actor(tx, _WORKERS[task.step], task.agency), at)


def _id(code: str) -> str:
    return code.replace(".", "_")


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), VIETNAM)


def _working(day: date) -> date:
    """The day itself, or the Friday before a week-end."""
    return day - max(0, day.weekday() - 4) * _DAY
