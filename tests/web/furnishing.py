"""An office at work: dossiers in every state, so that pages have something to show."""

from bpmn.steps import Paper
from engine.commands.drafting import PutDraft, keep, put_draft
from engine.commands.tasks import CompleteTask, complete_task
from engine.files import FileStore
from engine.model.document import Origin
from engine.model.slip_link import slip_path
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.integration.tracking.people import SECRET, led
from tests.office import Office
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
    walkers = [led(office, clock, way, folder) for folder, way in WAYS]
    _draft(walkers[-1], lives.files)
    for state in STATES:
        getattr(lives, state)()
    return slip_path(SECRET, walkers[1].dossier.code)


def _draft(walker: Walker, files: FileStore) -> None:
    """A result with a file that can be read, on its way to the leader."""
    walker.clock.advance(minutes=7)
    (task,) = walker.dossier.tasks.values()
    file, worker = keep(draft(), files), walker.worker_for(task)
    drawn = PutDraft(walker.target, task.place, Paper.RESULT, file, Origin.UPLOADED)
    walker.do(put_draft, drawn, worker)
    form = walker.form(task.step)
    walker.do(complete_task, CompleteTask(walker.target, task.place, form), worker)
