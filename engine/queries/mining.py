"""What really happens to the dossiers of a procedure, for those who supervise them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from engine.deadlines.calendar import midnight
from engine.errors import NotPermitted
from engine.mining.cases import Case, Scope, ended, received
from engine.mining.conformance import Conformance, conformance
from engine.mining.happenings import happenings
from engine.mining.ocel import ocel
from engine.mining.passing import Handover, Passage, handovers, passages
from engine.mining.rework import Rework, rework
from engine.mining.variants import Variant, variants
from engine.mining.xes import xes
from engine.model.actor import Actor
from engine.queries import procedures
from engine.queries.people import names_of
from engine.queries.supervised import supervised_agencies
from engine.store import agencies
from engine.store.database import Database

MOST = 2_000
"""The ways of so many dossiers are looked at, the latest of the period."""
SHOWN = 50
"""So many variants, passages, hand-overs and deviations are told."""


class LogFormat(StrEnum):
    """The standards in which event logs leave: IEEE 1849-2016, and OCEL 2.0 as JSON."""

    XES = "xes"
    OCEL = "ocel"


@dataclass(frozen=True)
class Asked:
    """A period by its days, both included, in one agency or in all that one supervises."""

    first: date
    last: date
    agency: str | None = None
    procedure: str | None = None


@dataclass(frozen=True)
class Picture:
    """What happened to the dossiers of a procedure whose work ended in the period.

    `more` says that there were others, earlier in the period, which are not in the figures.
    `names` are those of steps and people that the figures name by id.
    """

    procedure: Procedure
    dossiers: int
    more: bool
    kinds: int
    variants: list[Variant]
    passages: list[Passage]
    handovers: list[Handover]
    rework: Rework
    conformance: Conformance
    step_names: Mapping[str, str]
    people: Mapping[int, str]


def picture(tx: Connection, asked: Asked, code: str, actor: Actor) -> Picture:
    """Raises `NotPermitted` or `ProcedureUnknown`."""
    agencies_ = _agencies(asked, supervised_agencies(actor))
    shown = procedures.procedure(tx, code)
    start, end = _moments(asked)
    found = ended(tx, Scope(agencies_, code, start, end), MOST + 1)
    cases = found[:MOST]
    ways, hands = variants(cases), handovers(cases)[:SHOWN]
    return Picture(
        procedure=shown,
        dossiers=len(cases),
        more=len(found) > MOST,
        kinds=len(ways),
        variants=ways[:SHOWN],
        passages=passages(cases)[:SHOWN],
        handovers=hands,
        rework=rework(tx, cases),
        conformance=conformance(tx, cases),
        step_names=_step_names(shown, cases),
        people=names_of(tx, (id_ for each in hands for id_ in (each.giver, each.taker))),
    )


def event_log(
    database: Database, asked: Asked, reach: frozenset[str], format_: LogFormat
) -> Iterator[bytes]:
    """The log of dossiers received in the period, in pieces, as it is read; `reach` are the
    agencies that whoever asks may see (`supervised_agencies`). Raises `NotPermitted` at once."""
    scope = Scope(_agencies(asked, reach), asked.procedure, *_moments(asked))
    return _pieces(database, scope, format_)


def _pieces(database: Database, scope: Scope, format_: LogFormat) -> Iterator[bytes]:
    with database.reading() as tx:
        if format_ is LogFormat.XES:
            yield from xes(happenings(tx, received(tx, scope)))
        else:
            yield from ocel(lambda: happenings(tx, received(tx, scope)))


def every_agency(tx: Connection) -> frozenset[str]:
    """For whoever sits at the machine itself."""
    return frozenset(agencies.parents(tx))


def _agencies(asked: Asked, reach: frozenset[str]) -> frozenset[str]:
    if asked.agency is None:
        return reach
    if asked.agency not in reach:
        raise NotPermitted(what=f"giám sát cơ quan {asked.agency}")
    return frozenset({asked.agency})


def _moments(asked: Asked) -> tuple[datetime, datetime]:
    return midnight(asked.first), midnight(asked.last + timedelta(days=1))


def _step_names(shown: Procedure, cases: Iterable[Case]) -> dict[str, str]:
    """As the version in force calls them; steps of earlier versions as their tasks were called."""
    names = {visit.step: visit.name for case in cases for visit in case.visits}
    return names | {step.id: step.name for step in shown.places.steps.values()}
