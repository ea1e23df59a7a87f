"""Versions of a procedure: drafted, checked, put in force from a day on, ended and brought back."""

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.catalogue_plan import Plan
from engine.commands.procedure_drafts import (
    OpenDraft,
    PublishDraft,
    SaveFiles,
    check_draft,
    discard_draft,
    open_draft,
    publish_draft,
    save_files,
)
from engine.commands.procedure_ends import Repeal, Restore, RollBack, repeal, restore, roll_back
from engine.commands.putting_in_force import Order
from engine.errors import NotPermitted, ProcedureRefused
from engine.errors.catalogue import ProcedureRepealed, ProcedureReplaced
from engine.errors.procedure_drafts import (
    AlreadyEnded,
    DraftChanged,
    DraftClosed,
    DraftFileInvalid,
    DraftOutdated,
    DraftUnchecked,
    DraftUnknown,
    EffectiveDatePast,
    NothingToGoBackTo,
    NotReplaceable,
    OwnProcessPromises,
    SecondPersonNeeded,
)
from engine.model.office_event import OfficeEventType
from engine.model.procedure_draft import DraftState
from engine.queries.procedure_versions import Force, versions_of
from engine.store import definitions, office_log
from engine.store.database import Database
from engine.store.opening import Counter, in_its_place, open_version
from notifications.catalogue import let_hold
from tests.catalogue import row
from tests.clock import START
from tests.integration.catalogue.importing import TODAY, imported
from tests.office import COMMUNE_1, COMMUNE_2, Office

BIRTH, OTHER = "1.001193", "1.001612"
CHIEF, WRITER, LOCAL = "administrator", "control", "administrator1"
DECISION = "12/QĐ-UBND ngày 06/07/2026"
NEXT_WEEK = START + timedelta(days=7)
FACTS, DIAGRAM, FORM = "facts.toml", "procedure.bpmn", "forms/application.json"


class Workshop:
    """People of the office who draft and decide, each in a transaction of their own."""

    def __init__(self, office: Office) -> None:
        self.office, self.database = office, office.database

    def does(self, command: Any, *args: Any, by: str = CHIEF, now: Any = START) -> Any:
        """Give a command."""
        with self.database.transaction() as tx:
            return command(tx, *args, self.office.actor(by), now)

    def draft(
        self, agency: str | None = None, by: str = WRITER, code: str = BIRTH, **changed: str
    ) -> int:
        """A checked draft with a text in the place of another, in files by what they hold."""
        number = int(self.does(open_draft, OpenDraft(code, agency), by=by))
        files = self.files(code)
        names = {"facts": FACTS, "diagram": DIAGRAM, "form": FORM}
        for what, change in changed.items():
            old, new = change.split(" → ")
            assert old in files[names[what]]
            text = {names[what]: files[names[what]].replace(old, new, 1)}
            self.does(save_files, SaveFiles(number, text), by=by)
        self.does(check_draft, number, None, by=by)
        return number

    def publish(self, number: int, by: str = CHIEF, **more: Any) -> str:
        """Put a draft in force; gives the version."""
        command = PublishDraft(number, **{"decision": DECISION, **more})
        return str(self.does(publish_draft, command, by=by).version)

    def files(self, code: str = BIRTH) -> dict[str, str]:
        """Those of the version in force."""
        with self.database.reading() as tx:
            return dict(definitions.version(tx, self.version(code)).sources)

    def version(self, code: str = BIRTH) -> str:
        """The version in force for everybody."""
        with self.database.reading() as tx:
            return definitions.current_version(tx, code)

    def opens(self, *counter: str, now: Any = START, code: str = BIRTH) -> str:
        """On which version a dossier handed in there starts."""
        with self.database.reading() as tx:
            return open_version(tx, code, now, Counter(*counter) if counter else None)


@pytest.fixture
def workshop(office: Office) -> Workshop:
    return Workshop(office)


NAMED = {"facts": "khai sinh → khai sinh mới"}


def test_a_draft_becomes_a_version_from_its_day_on(workshop: Workshop, database: Database) -> None:
    before = workshop.version()
    made = workshop.publish(workshop.draft(**NAMED), effective_from=NEXT_WEEK.date())
    assert (workshop.version(), workshop.opens()) == (before, before)
    assert workshop.opens(now=NEXT_WEEK) == made
    with database.reading() as tx:
        forces = [(v.decided.version, v.force) for v in versions_of(tx, BIRTH, START)]
    assert forces == [(made, Force.COMING), (before, Force.IN_FORCE)]
    assert let_hold(database, NEXT_WEEK) == 1
    assert workshop.version() == made


def test_a_draft_must_be_checked_as_it_is(workshop: Workshop) -> None:
    number = workshop.draft(**NAMED)
    saved = workshop.does(save_files, SaveFiles(number, {FORM: "{"}), by=WRITER)
    assert saved.state is DraftState.DRAFT
    with pytest.raises(DraftUnchecked):
        workshop.publish(number)
    checked = workshop.does(check_draft, number, saved.revision, by=WRITER)
    assert checked.state is DraftState.DRAFT
    assert [finding.element for finding in checked.findings] == ["json"]
    with pytest.raises(DraftChanged):
        workshop.does(save_files, SaveFiles(number, {FORM: "{}"}, 1), by=WRITER)
    for name in ("../x.json", "/etc/x.json", "x.py", "a//b.json", ".json"):
        with pytest.raises(DraftFileInvalid):
            workshop.does(save_files, SaveFiles(number, {name: "{}"}), by=WRITER)


def test_what_is_over_stays_as_it_is(workshop: Workshop) -> None:
    published, discarded = workshop.draft(**NAMED), workshop.draft()
    workshop.publish(published)
    workshop.does(discard_draft, discarded, None, by=WRITER)
    for number in (published, discarded):
        with pytest.raises(DraftClosed):
            workshop.does(save_files, SaveFiles(number, {FORM: "{}"}), by=WRITER)
        with pytest.raises(DraftClosed):
            workshop.publish(number)


def test_nobody_overwrites_what_another_published_meanwhile(workshop: Workshop) -> None:
    late = workshop.draft(facts="khai sinh → khai sinh lại")
    made = workshop.publish(workshop.draft(**NAMED))
    with pytest.raises(DraftOutdated):
        workshop.publish(late)
    assert workshop.publish(late, replaces=made) == workshop.version()


def test_who_drafts_need_not_decide_and_may_be_kept_from_it(workshop: Workshop) -> None:
    number = workshop.draft(by=CHIEF, **NAMED)
    with pytest.raises(NotPermitted):
        workshop.publish(number, by=WRITER)
    with pytest.raises(SecondPersonNeeded):
        workshop.publish(number, four_eyes=True)
    with pytest.raises(EffectiveDatePast):
        workshop.publish(number, effective_from=TODAY - timedelta(days=1))
    workshop.publish(workshop.draft(**NAMED), four_eyes=True)


def test_a_commune_has_a_process_of_its_own(workshop: Workshop) -> None:
    catalogue = workshop.version()
    number = workshop.draft(COMMUNE_1, LOCAL, diagram='name="Tiếp nhận hồ sơ → name="Nhận hồ sơ')
    own = workshop.publish(number, by=LOCAL)
    assert workshop.version() == catalogue
    assert workshop.opens(COMMUNE_1, COMMUNE_1) == own
    assert workshop.opens(COMMUNE_2, COMMUNE_2) == catalogue
    assert workshop.opens(COMMUNE_1, COMMUNE_2) == catalogue
    workshop.does(repeal, Repeal(BIRTH, Order(COMMUNE_1, DECISION)), by=LOCAL)
    assert workshop.opens(COMMUNE_1, COMMUNE_1) == catalogue
    workshop.does(restore, Restore(BIRTH, Order(COMMUNE_1, DECISION)), by=LOCAL)
    assert workshop.opens(COMMUNE_1, COMMUNE_1) == own


def test_an_own_process_promises_what_the_catalogue_does(
    workshop: Workshop, database: Database
) -> None:
    renamed = workshop.draft(COMMUNE_1, LOCAL)
    files = {FACTS: workshop.files()[FACTS].replace("khai sinh", "khai sinh mới", 1)}
    workshop.does(save_files, SaveFiles(renamed, files), by=LOCAL)
    checked = workshop.does(check_draft, renamed, None, by=LOCAL)
    assert [finding.file for finding in checked.findings if finding.element == BIRTH] == [FACTS]
    number = workshop.draft(COMMUNE_1, LOCAL, diagram='name="Tiếp nhận hồ sơ → name="Nhận hồ sơ')
    later = workshop.draft(COMMUNE_1, LOCAL, diagram='name="Tiếp nhận hồ sơ → name="Lấy hồ sơ')
    own = workshop.publish(number, by=LOCAL)
    newer = workshop.publish(workshop.draft(**NAMED))
    assert workshop.opens(COMMUNE_1, COMMUNE_1) == newer
    with database.reading() as tx:
        assert [v.stale for v in versions_of(tx, BIRTH, START) if v.decided.version == own] == [
            True
        ]
    with pytest.raises(OwnProcessPromises):
        workshop.publish(later, by=LOCAL, replaces=own)


def test_nobody_decides_beyond_their_agency(workshop: Workshop) -> None:
    with pytest.raises(NotPermitted):
        workshop.draft(by=LOCAL)
    with pytest.raises(NotPermitted):
        workshop.draft(COMMUNE_2, LOCAL)
    number = workshop.draft()
    with pytest.raises(DraftUnknown):
        workshop.publish(number, by=LOCAL)
    for command, given in (
        (repeal, Repeal(BIRTH, Order(None, DECISION))),
        (repeal, Repeal(BIRTH, Order(COMMUNE_2, DECISION))),
        (restore, Restore(BIRTH, Order(None, DECISION))),
        (roll_back, RollBack(BIRTH, workshop.version(), Order(None, DECISION))),
    ):
        with pytest.raises(NotPermitted):
            workshop.does(command, given, by=LOCAL)


def test_going_back_loses_nothing(workshop: Workshop, database: Database) -> None:
    first = workshop.version()
    second = workshop.publish(workshop.draft(**NAMED))
    workshop.does(roll_back, RollBack(BIRTH, first, Order(None, DECISION)))
    assert workshop.version() == first
    with database.reading() as tx:
        history = [v.decided.version for v in versions_of(tx, BIRTH, START)]
    assert history == [first, second, first]
    for version in (first, "0" * 64):
        with pytest.raises(NothingToGoBackTo):
            workshop.does(roll_back, RollBack(BIRTH, version, Order(None, DECISION)))


def test_a_scheduled_version_can_be_called_off(workshop: Workshop) -> None:
    first = workshop.version()
    workshop.publish(workshop.draft(**NAMED), effective_from=NEXT_WEEK.date())
    order = Order(None, DECISION, NEXT_WEEK.date())
    workshop.does(roll_back, RollBack(BIRTH, first, order))
    assert workshop.opens(now=NEXT_WEEK) == first


def test_a_procedure_is_replaced_by_another_and_comes_back(
    workshop: Workshop, database: Database
) -> None:
    version, order = workshop.version(), Order(None, DECISION)
    for instead in (BIRTH, "9.999999"):
        with pytest.raises(NotReplaceable):
            workshop.does(repeal, Repeal(BIRTH, order, instead))
    workshop.does(repeal, Repeal(BIRTH, order, OTHER))
    with pytest.raises(ProcedureReplaced) as refused:
        workshop.opens()
    assert refused.value.details["replaced_by"] == OTHER
    with database.reading() as tx:
        assert in_its_place(tx, BIRTH, START) == OTHER
    with pytest.raises(AlreadyEnded):
        workshop.does(repeal, Repeal(BIRTH, order))
    with pytest.raises(AlreadyEnded):
        workshop.publish(workshop.draft(**NAMED))
    with pytest.raises(NotReplaceable):
        workshop.does(repeal, Repeal(OTHER, order, BIRTH))
    workshop.does(restore, Restore(BIRTH, order))
    assert workshop.opens() == version


def test_a_repeal_of_the_future_is_undone_on_its_day(workshop: Workshop) -> None:
    version, day = workshop.version(), NEXT_WEEK.date()
    workshop.does(repeal, Repeal(BIRTH, Order(None, DECISION, day)))
    with pytest.raises(ProcedureRepealed):
        workshop.opens(now=NEXT_WEEK)
    workshop.does(restore, Restore(BIRTH, Order(None, DECISION)))
    assert workshop.opens(now=NEXT_WEEK) == version


def test_the_catalogue_does_not_bring_back_what_the_office_ended(
    workshop: Workshop, database: Database
) -> None:
    code = "1.999001"
    imported(database, row(code))
    workshop.does(repeal, Repeal(code, Order(None, DECISION), BIRTH))
    plan: Plan = imported(database, row(code, name="Tên mới"))
    assert len(plan.changes) == 1
    with pytest.raises(ProcedureReplaced):
        workshop.opens(code=code)


def test_every_act_is_in_the_log_of_administration(workshop: Workshop, database: Database) -> None:
    first = workshop.version()
    workshop.publish(workshop.draft(**NAMED))
    workshop.does(roll_back, RollBack(BIRTH, first, Order(None, DECISION)))
    workshop.does(repeal, Repeal(BIRTH, Order(None, DECISION)))
    workshop.does(restore, Restore(BIRTH, Order(None, DECISION)))
    with database.reading() as tx:
        kept = office_log.after(tx, 0, 20)
    t = OfficeEventType
    assert [each.event.type for each in kept] == [
        t.PROCEDURE_DRAFT_OPENED, t.PROCEDURE_DRAFT_SAVED, t.PROCEDURE_DRAFT_CHECKED,
        t.PROCEDURE_DEPLOYED, t.PROCEDURE_ROLLED_BACK, t.PROCEDURE_REPEALED, t.PROCEDURE_RESTORED,
    ]  # fmt: skip
    assert {each.event.subject for each in kept} == {f"procedure:{BIRTH}"}
    assert kept[3].event.after["decision"] == DECISION
    assert kept[3].event.after["effective_from"] == TODAY.isoformat()


def test_what_lint_refuses_is_not_published(workshop: Workshop) -> None:
    number = workshop.draft()
    files = {DIAGRAM: workshop.files()[DIAGRAM].replace('value="', 'value="x', 1)}
    workshop.does(save_files, SaveFiles(number, files), by=WRITER)
    assert workshop.does(check_draft, number, None, by=WRITER).state is DraftState.DRAFT
    with pytest.raises((DraftUnchecked, ProcedureRefused)):
        workshop.publish(number)
