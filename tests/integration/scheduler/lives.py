"""Dossiers with timers, and what became of them."""

from datetime import datetime

from sqlalchemy import func, select

from bpmn.procedure import procedure_from_sources
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.life.rulebook import standard_rulebook
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.status import Channel
from engine.store import definitions, dossiers, editions
from engine.store.database import Database
from engine.store.editions import EditionKind
from engine.store.tables import event, timer
from tests import diagrams
from tests.clock import START
from tests.office import COMMUNE_1, Office


def submit(
    office: Office, count: int = 1, at: datetime = START, quiet: bool = True
) -> list[Dossier]:
    """Dossiers received at the counter: step `appraise` is due in one working hour.

    Under the `quiet` rulebook each has two timers, for the step and for itself.
    """
    if quiet:
        quieten(office.database)
    actor = office.actor("reception1")
    command = SubmitDossier(
        procedure=diagrams.CODE,
        channel=Channel.DIRECT,
        receiving_agency=COMMUNE_1,
        owner={"name": "Nguyễn Văn Bình"},
        application={},
    )
    with office.database.transaction() as tx:
        return [submit_dossier(tx, command, actor, at) for _ in range(count)]


def quieten(database: Database) -> None:
    """Warn of nothing before it is due and tell nobody further, so that timers can be counted."""
    document = {**standard_rulebook(), "alerts": {}, "ladder": {}}
    with database.transaction() as tx:
        digest = editions.put(tx, EditionKind.RULEBOOK, document)
        editions.point(tx, COMMUNE_1, EditionKind.RULEBOOK, digest)


def waiting_procedure() -> dict[str, str]:
    """After receipt it waits for 15 calendar days; then it is appraised and delivered."""
    process = diagrams.diagram(
        "p_9_000001",
        {"Bộ phận Một cửa": ["check_papers", "deliver"], "Chuyên viên": ["appraise"]},
        diagrams.START,
        diagrams.task("check_papers", stage="receipt"),
        diagrams.timer_wait("posting", "15 days", pauses="niem_yet_cong_khai"),
        diagrams.task("appraise"),
        diagrams.task("deliver", stage="delivery", limit="0 hours"),
        diagrams.end("delivered"),
        diagrams.flow("start", "check_papers"),
        diagrams.flow("check_papers", "posting"),
        diagrams.flow("posting", "appraise"),
        diagrams.flow("appraise", "deliver"),
        diagrams.flow("deliver", "delivered"),
    )
    return diagrams.sources(process)


def deploy(database: Database, sources: dict[str, str]) -> None:
    """Put a procedure in force."""
    with database.transaction() as tx:
        definitions.put(tx, procedure_from_sources(sources), by=None, now=START)


def current(database: Database, code: str) -> Dossier:
    """A dossier as it stands."""
    with database.transaction() as tx:
        return dossiers.lock(tx, code).dossier


def times_per_dossier(database: Database, type_: EventType) -> list[int]:
    """How often an event happened in each dossier where it did, in no order."""
    query = select(func.count()).where(event.c.type == type_).group_by(event.c.dossier_id)
    with database.reading() as tx:
        return list(tx.execute(query).scalars())


def count_timers(database: Database) -> int:
    """How many timers wait, dead ones included."""
    with database.reading() as tx:
        return tx.execute(select(func.count()).select_from(timer)).scalar_one()
