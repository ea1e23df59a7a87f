"""One dossier of a procedure, from being handed in to its result."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bpmn.procedure import SHARED, Procedure
from bpmn.standard.process import SAMPLES
from bpmn.steps import Outcome, Stage
from cli.demo.papers import PaperDeed, Papers
from cli.trial.office import Desk
from engine.commands.acting import Target
from engine.commands.cash import TakeAll, take_all
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.deadlines.calendar import VIETNAM
from engine.model.dossier import Dossier, Task
from engine.model.status import Channel
from engine.store import definitions
from engine.store.opening import open_version
from engine.verification import verify_dossier

MONDAY = datetime(2026, 7, 6, 8, tzinfo=VIETNAM)
"""When every dossier is handed in: no holiday is near."""
_PACE = timedelta(minutes=5)
"""From one task to the next: within the shortest limit that there is, an hour."""
_MOST_STEPS = 40
_INTAKE = "check_papers"
_PAYER = "Nguyễn Văn Bình"


class Astray(Exception):
    """A dossier that did not come to a result in time, with what it came to."""


@dataclass
class Walk:
    """Leads one dossier of a procedure along the shortest way; its result is drawn up, signed and
    sealed like any other."""

    papers: Papers
    desk: Desk
    code: str

    def lead(self) -> Dossier:
        """The dossier at its end; raises `Astray`, or whatever stopped it."""
        with self.papers.database.reading() as tx:
            version = open_version(tx, self.code, MONDAY)
            self._procedure = definitions.version(tx, version)
        self._now = MONDAY
        dossier = self._submit()
        for _ in range(_MOST_STEPS):
            if not dossier.tasks:
                break
            self._now += _PACE
            dossier = self._complete(dossier, next(iter(dossier.tasks.values())))
        return self._arrived(dossier)

    def _submit(self) -> Dossier:
        reception = next(iter(self.desk.people.values()))
        command = SubmitDossier(
            procedure=self.code,
            channel=Channel.DIRECT,
            receiving_agency=self.desk.agency,
            owner={"name": _PAYER, "personal_id": "042090001234"},
            application=_only(self._procedure.application_form.fields, samples()["application"]),
            intake=samples()[_INTAKE],
        )
        with self.papers.database.transaction() as tx:
            return submit_dossier(tx, command, reception, self._now)

    def _complete(self, dossier: Dossier, task: Task) -> Dossier:
        step, worker = self._procedure.places.steps[task.step], self.desk.people[task.role]
        if step.stage is Stage.PAYMENT:
            with self.papers.database.transaction() as tx:
                return take_all(tx, TakeAll(Target(dossier.code), _PAYER), worker, self._now)
        form = _answer(self._procedure, task, self._now)
        filled = lambda tx, now: (form, None)  # noqa: E731
        return PaperDeed(self.papers, dossier, task.place, step, worker, filled)(self._now)

    def _arrived(self, dossier: Dossier) -> Dossier:
        if dossier.outcome is not Outcome.DELIVERED:
            steps = [task.step for task in dossier.tasks.values()]
            steps += [wait.step for wait in dossier.waits.values()]
            where = ", ".join(steps) or "—"
            raise Astray(f"Hồ sơ không đến kết quả: {dossier.status}, đang ở {where}.")
        if dossier.overdue:
            raise Astray("Hồ sơ có kết quả nhưng bị tính là quá hạn.")
        with self.papers.database.reading() as tx:
            broken = verify_dossier(tx, dossier.code)
        if broken is not None:
            raise Astray(f"Kiểm chứng không khớp: {broken}")
        return dossier


def _answer(procedure: Procedure, task: Task, now: datetime) -> dict[str, Any]:
    """What is entered at a step: the sample of it, with the day."""
    form = procedure.form_of(procedure.places.steps[task.step])
    answer = _only(form.fields, samples().get(task.step, {}))
    answer |= {name: f"{now:%Y-%m-%d}" for name in answer if name.endswith("_on")}
    return answer


def _only(fields: frozenset[str], sample: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sample.items() if name in fields}


@cache
def samples() -> Mapping[str, Mapping[str, Any]]:
    """Answers by step, of the shared stages and of the standard process."""
    return {**_read(SHARED / "samples.json"), **_read(SAMPLES)}


def _read(path: Path) -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return read
