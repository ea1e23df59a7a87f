"""Which papers were handed in: the second step at the counter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from api.web.language import gettext as _
from bpmn.component import Component
from bpmn.procedure import Procedure
from engine.commands.obtaining import LEAST, MOST

PREFIX = "paper."
MOST_SHEETS = 1_000


class Demand(StrEnum):
    """What the counter may ask for of a paper."""

    HAND_IN = "hand_in"
    SHOW = "show"
    CONDITIONAL = "conditional"
    DATABASE = "database"


@dataclass(frozen=True)
class Paper:
    """A paper with what was typed of it; `taken` says that it is there."""

    component: Component
    demand: Demand
    taken: bool
    originals: str
    copies: str
    looked_up: str = ""

    @property
    def name(self) -> str:
        """What the names of its fields begin with."""
        return f"{PREFIX}{self.component.code}"

    @property
    def missing(self) -> bool:
        """Whether it must be there and is not."""
        return self.demand in (Demand.HAND_IN, Demand.SHOW) and not self.taken


@dataclass
class Papers:
    """All papers, and what is wrong with what was typed."""

    rows: list[Paper]
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def missing(self) -> list[Component]:
        """What must be there and is not."""
        return [paper.component for paper in self.rows if paper.missing]

    @property
    def unlooked(self) -> list[Component]:
        """What must be there, may not be asked for, and nobody has looked up yet."""
        return [
            paper.component
            for paper in self.rows
            if paper.demand is Demand.DATABASE and not paper.taken and not paper.looked_up
        ]

    def obtained(self) -> tuple[dict[str, str], ...]:
        """What was looked up instead of being asked for, as the engine takes it."""
        return tuple(
            {"component": paper.component.code, "looked_up": paper.looked_up}
            for paper in self.rows
            if paper.looked_up
        )

    def handed_in(self) -> tuple[dict[str, object], ...]:
        """The papers that are there, as the engine takes them."""
        return tuple(
            {
                "code": paper.component.code,
                "originals": _count(paper.originals) or 0,
                "copies": _count(paper.copies) or 0,
            }
            for paper in self.rows
            if paper.taken
        )


def read_papers(procedure: Procedure, texts: Mapping[str, str]) -> Papers:
    """The papers of a procedure, with what was typed of each."""
    papers = Papers([_paper(component, texts) for component in procedure.facts.components])
    for paper in papers.rows:
        for kind in ("originals", "copies"):
            if paper.taken and _count(getattr(paper, kind)) is None:
                message = _("Ghi số bản, từ 0 đến 1.000.")
                papers.errors[f"{paper.name}.{kind}"] = [message]
        if paper.looked_up and not LEAST <= len(paper.looked_up) <= MOST:
            message = _("Ghi đã tra cứu được gì, từ %(least)s đến %(most)s ký tự.")
            papers.errors[f"{paper.name}.looked_up"] = [message % {"least": LEAST, "most": MOST}]
    return papers


def _paper(component: Component, texts: Mapping[str, str]) -> Paper:
    name = f"{PREFIX}{component.code}"
    return Paper(
        component,
        _demand(component),
        taken=f"{name}.taken" in texts,
        originals=texts.get(f"{name}.originals", str(component.originals)),
        copies=texts.get(f"{name}.copies", str(component.copies)),
        looked_up=texts.get(f"{name}.looked_up", "").strip() if component.obtainable_from else "",
    )


def _demand(component: Component) -> Demand:
    if component.condition and not component.required:
        return Demand.CONDITIONAL
    if component.obtainable_from:
        return Demand.DATABASE
    if not component.required:
        return Demand.CONDITIONAL
    return Demand.SHOW if component.present_only else Demand.HAND_IN


def _count(text: str) -> int | None:
    text = text.strip() or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        return None
    return int(text) if int(text) <= MOST_SHEETS else None
