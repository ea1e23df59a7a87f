"""What may be signed of a sent report now, by whom, with what."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.certificate import KeptCertificate, Provider
from engine.model.document import Capacity
from engine.model.signing_roles import signs_at
from engine.store import certificates, report_papers
from engine.store.report_papers import ReportPaper


@dataclass(frozen=True)
class Turn:
    """Whose signature a report waits for: in which `capacity`, None where both are there.

    `mine`: the reader may give it. `here` are their certificates whose keys the server reaches,
    `outside` those at their own computer.
    """

    paper: ReportPaper | None
    capacity: Capacity | None
    mine: bool
    here: Sequence[KeptCertificate]
    outside: Sequence[KeptCertificate]


def turn(tx: Connection, report: int, agency: str, actor: Actor) -> Turn:
    """The turn that a sent report of an agency is at."""
    paper = report_papers.find(tx, report)
    order = (Capacity.LEADER, Capacity.AGENCY)
    next_ = next((each for each in order if not (paper and paper.signed_as(each))), None)
    mine = next_ is not None and signs_at(actor, next_, agency)
    own = certificates.of_person(tx, actor.id)
    if next_ is Capacity.AGENCY:
        own = certificates.of_agency(tx, agency)
    outside = [each for each in own if each.provider is Provider.OUTSIDE]
    here = [each for each in own if each.provider is not Provider.OUTSIDE]
    return Turn(paper, next_, mine, here if mine else [], outside if mine else [])
