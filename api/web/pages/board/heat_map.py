"""Heat as pictures, rows and words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.web.language import gettext as _
from api.web.pages.board.asking import address, without
from api.web.words import number
from bpmn.drawings import Drawing
from bpmn.roles import ROLE_NAMES
from engine.queries.drawing import name_of
from engine.queries.heat import Heat, StepHeat

STEPS_OF_SCALE = 4


@dataclass(frozen=True)
class Measure:
    """What the heat is of: how it is called, how much of it a step has, in which unit, and how
    much steps have `together`."""

    name: str
    of: Callable[[StepHeat], float]
    unit: str = ""
    together: Callable[[Iterable[float]], float] = sum


def measures() -> Mapping[str, Measure]:
    """By the word in the address; the usual one first."""
    return {
        "waiting": Measure(_("Đang chờ"), lambda step: step.waiting),
        "overdue": Measure(_("Quá hạn bước"), lambda step: step.overdue),
        "lost": Measure(_("Giờ mất vượt hạn"), lambda step: step.lost, _("giờ")),
        "long": Measure(_("Thời gian ở bước"), lambda step: step.long or 0.0, _("giờ"), _longest),
    }


def _longest(times: Iterable[float]) -> float:
    return max(times, default=0.0)


class HeatMap:
    """The heat of one procedure by one measure, on a scale up to the hottest step."""

    def __init__(self, found: Heat, measure: Measure, spoken: Mapping[str, Any]) -> None:
        self._code = found.procedure.facts.code
        self._steps = {step.id: step for step in found.steps}
        self._files = {each.file: each for each in found.procedure.drawings}
        self._measure, self._spoken = measure, spoken
        self._hottest = max(map(measure.of, found.steps), default=0.0)

    def level(self, heat_: float) -> int:
        """0 for nothing, 4 for the hottest."""
        if not heat_ or not self._hottest:
            return 0
        return max(1, round(STEPS_OF_SCALE * heat_ / self._hottest))

    def legend(self) -> list[tuple[int, str]]:
        """The levels in words."""
        words = (_("Không có"), _("Ít"), _("Vừa"), _("Nhiều"), _("Nhiều nhất"))
        return list(enumerate(words))

    def row(self, step: StepHeat) -> dict[str, Any]:
        """A step with its level and addresses."""
        drawn = step.step
        return {
            "of": step,
            "level": self.level(self._measure.of(step)),
            "role": _(ROLE_NAMES[drawn.role]) if drawn else None,
            "limit": drawn.limit.in_words() if drawn and drawn.limit.amount else None,
            "drawing": self._files[step.drawing].name if step.drawing else None,
            "link": self._step_link(step.id),
        }

    def sheet(self, drawing_: Drawing, here: bool) -> dict[str, Any]:
        """A drawing as a tab, with how much waits in it and what it calls."""
        return {
            "name": drawing_.name,
            "number": sum(step.waiting for step in self._in(drawing_)),
            "link": self._sheet_link(drawing_),
            "here": here,
        }

    def picture(self, drawing_: Drawing) -> dict[str, Any]:
        """Marks, notes and links of the elements of one drawing."""
        heats = {step.id: self._measure.of(step) for step in self._in(drawing_)}
        links = {id_: self._step_link(id_) for id_ in heats}
        for call, file in drawing_.calls.items():
            called = self._files[file]
            below = [self._measure.of(step) for step in self._below(called)]
            heats[call] = self._measure.together(below)
            links[call] = self._sheet_link(called)
        levels = {id_: min(self.level(heat_), STEPS_OF_SCALE) for id_, heat_ in heats.items()}
        marks = {
            f"heat-{n}": [id_ for id_, level in levels.items() if level == n]
            for n in range(1, STEPS_OF_SCALE + 1)
        }
        notes = [
            {"element": id_, "text": f"{number(heat_)} {self._measure.unit}".strip(),
             "tone": f"heat-note-{levels[id_]}"}
            for id_, heat_ in heats.items() if heat_
        ]  # fmt: skip
        return {"marks": marks, "notes": notes, "links": links}

    def _in(self, drawing_: Drawing) -> Iterable[StepHeat]:
        return [self._steps[id_] for id_ in drawing_.steps]

    def _below(self, drawing_: Drawing) -> Iterable[StepHeat]:
        """The steps of a drawing and of those it calls."""
        seen: dict[str, Drawing] = {}
        waiting = [drawing_]
        for each in waiting:
            if each.file not in seen:
                seen[each.file] = each
                waiting += [self._files[file] for file in each.calls.values()]
        return [step for each in seen.values() for step in self._in(each)]

    def _step_link(self, id_: str) -> str:
        same = without(self._spoken, ("drawing",))
        return address(f"/quy-trinh/{self._code}", same, step=id_) + "#buoc"

    def _sheet_link(self, drawing_: Drawing) -> str:
        name = name_of(drawing_.file)
        return address(f"/quy-trinh/{self._code}", self._spoken, drawing=name)
