"""The life of a procedure: what was decided of it, and what holds of it on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bpmn.catalogue.entry import Standing


class Origin(StrEnum):
    """Who decided: the national catalogue that was imported, or the office itself."""

    CATALOGUE = "catalogue"
    OFFICE = "office"


@dataclass(frozen=True)
class Decided:
    """One decision on a procedure, which holds from a day on until the next.

    `agency` None is the catalogue, for everybody; else it is about the process of that agency's
    own. `version` is what dossiers run on; None where there is no process (a repeal, or the
    announcement of a procedure that has its own). `replaced_by` is the procedure that dossiers of
    a repealed one are to be handed in for.
    """

    id: int
    procedure: str
    agency: str | None
    origin: Origin
    standing: Standing
    effective_from: date
    version: str | None
    replaced_by: str | None
    decision: str


@dataclass(frozen=True)
class Holding:
    """What holds of a procedure, or of an agency's own process for it.

    `given` is the decision that gave the version, None before there is any. `drawn`: the office
    drew it, so that the catalogue does not change it. `ended` is the repeal that holds.
    """

    given: Decided | None = None
    drawn: bool = False
    ended: Decided | None = None

    @property
    def version(self) -> str | None:
        """What new dossiers run on, or would were it not repealed."""
        return self.given.version if self.given else None


def holding(decided: Iterable[Decided]) -> Holding:
    """What holds after decisions on one procedure in one scope, in the order of their days.

    What the office drew, or repealed, stays so when the catalogue changes; what the catalogue
    repeals ends either way. An office that goes back to a process that the catalogue made follows
    the catalogue again. A version that was decided on before a repeal does not undo it.
    """
    held, made = Holding(), set[str]()
    for each in decided:
        if each.standing is Standing.REPEALED:
            held = replace(held, ended=each)
        elif each.origin is Origin.OFFICE:
            ended = held.ended if held.ended and held.ended.id > each.id else None
            held = Holding(each, each.version not in made, ended)
        else:
            held = _announced(held, each)
        if each.origin is Origin.CATALOGUE and each.version:
            made.add(each.version)
    return held


def _announced(held: Holding, each: Decided) -> Holding:
    ended = held.ended if held.ended and held.ended.origin is Origin.OFFICE else None
    if held.drawn or each.version is None:
        return replace(held, ended=ended)
    return Holding(each, ended=ended)


def own_process(decided: Sequence[Decided], line: Iterable[str]) -> str | None:
    """The version of an agency's own process: that of the first agency of a line, from the bottom
    up, which has one in force."""
    for agency in line:
        held = holding(each for each in decided if each.agency == agency)
        if held.version and not held.ended:
            return held.version
    return None
