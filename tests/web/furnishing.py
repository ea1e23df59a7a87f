"""An office at work: dossiers in every state, so that pages have something to show."""

from datetime import date, timedelta

from bpmn.steps import Paper
from engine.commands.anchoring import take_anchor
from engine.commands.drafting import PutDraft, keep, put_draft
from engine.commands.procedure_drafts import (
    OpenDraft,
    PublishDraft,
    SaveFiles,
    check_draft,
    open_draft,
    publish_draft,
    save_files,
)
from engine.commands.reports import send_report
from engine.commands.tasks import CompleteTask, complete_task
from engine.files import FileStore
from engine.model.document import Origin
from engine.model.portal import Difference
from engine.model.report import Kind, Period
from engine.model.slip_link import slip_path
from engine.reports.asked import Asked
from engine.store import portal_link, portal_rounds, procedure_drafts
from engine.store.portal_rounds import Found
from tests.api.lives import Lives
from tests.api.petition_routes import answered, sent, taken
from tests.clock import FakeClock
from tests.connected import Connected
from tests.integration.tracking.people import SECRET, led
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker
from tests.signing import draft

STATES = (
    "submitted", "accepted", "claimed", "supplementing", "obliged", "signing", "suspended", "asked",
    "late", "outage", "announced",
)  # fmt: skip
DELIVERED = "digitise appraise=approve enter_register sign=approve seal deliver"
WAYS = (
    ("1_001193", "digitise"), ("1_001193", DELIVERED), ("1_013978", "digitise"),
    ("1_001612", "digitise appraise=approve"),
)  # fmt: skip


def furnish(office: Office, clock: FakeClock, lives: Lives) -> str:
    """Fill the office; gives the link on a slip of a delivered dossier."""
    _use_portal(office, clock)
    _maintain(office, clock)
    walkers = [led(office, clock, way, folder) for folder, way in WAYS]
    _draft(walkers[-1], lives.files)
    for state in STATES:
        getattr(lives, state)()
    for petition in (sent, taken, answered):
        petition(lives)
    connected = Connected(office, clock, SECRET)
    connected.connect()
    connected.dossier()
    _send_report(office, clock)
    with office.database.transaction() as tx:
        take_anchor(tx, "", clock())
    return slip_path(SECRET, walkers[1].dossier.code)


def _maintain(office: Office, clock: FakeClock) -> None:
    """A procedure has a version for a later day and one for everybody in the making; a commune
    drafts a process of its own."""
    code, later = "1.001612", clock().date() + timedelta(days=30)
    with office.database.transaction() as tx:
        chief, local = office.actor("administrator"), office.actor("administrator1")
        number = open_draft(tx, OpenDraft(code), chief, clock())
        drawn = procedure_drafts.get(tx, number).files["procedure.bpmn"]
        files = {"procedure.bpmn": drawn.replace("Thẩm định hồ sơ", "Thẩm định kỹ hồ sơ", 1)}
        save_files(tx, SaveFiles(number, files), chief, clock())
        check_draft(tx, number, None, chief, clock())
        publish_draft(tx, PublishDraft(number, "12/QĐ-UBND", later), chief, clock())
        open_draft(tx, OpenDraft(code, "H40.30.01"), local, clock())


def _send_report(office: Office, clock: FakeClock) -> None:
    """The commune's report of June has gone up."""
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    with office.database.transaction() as tx:
        asked = Asked(COMMUNE_1, june, clock())
        send_report(tx, Kind.II_06A, asked, office.actor("leader1"))


def _use_portal(office: Office, clock: FakeClock) -> None:
    """The national portal is told, and was compared with once."""
    with office.database.transaction() as tx:
        portal_link.use(tx, clock())
        id_ = portal_rounds.begin(tx, clock())
        found = Found(Difference.UNKNOWN_HERE, "H40.LA-1", their_number=3, their_code="4")
        portal_rounds.note(tx, id_, found, healed=False)
        portal_rounds.end(tx, id_, clock(), 12, None)


def _draft(walker: Walker, files: FileStore) -> None:
    """A result with a file that can be read, on its way to the leader."""
    walker.clock.advance(minutes=7)
    (task,) = walker.dossier.tasks.values()
    file, worker = keep(draft(), files), walker.worker_for(task)
    drawn = PutDraft(walker.target, task.place, Paper.RESULT, file, Origin.UPLOADED)
    walker.do(put_draft, drawn, worker)
    form = walker.form(task.step)
    walker.do(complete_task, CompleteTask(walker.target, task.place, form), worker)
