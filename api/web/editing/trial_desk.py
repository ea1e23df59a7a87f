"""The page of a trial: the list of moves that it holds, the form at hand, and what was refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import orjson
from flask import request
from marshmallow import ValidationError

from api.edge import Call
from api.trying import ground
from api.v1.schemas.procedure_trials import ProcedureTrialIn
from api.web import jsonform
from api.web.entered import VIETNAM
from bpmn.forms import Form
from bpmn.roles import Role
from bpmn.sample_answers import sample_answer
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.model.procedure_draft import ProcedureDraft
from engine.trial.ground import Ground
from engine.trial.moves import Move, MoveKind
from engine.trial.view import TaskToDo, TrialView, view
from engine.trial.walk import Trial, walked

LAPSES = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
_SUBMITTED, _COMPLETED = "submit", "complete"
Moves = list[dict[str, Any]]


@dataclass
class TrialDesk:
    """One request of the page; `moves` are those that happened, as JSON has them."""

    call: Call
    draft: ProcedureDraft
    begun_at: datetime
    moves: Moves = field(default_factory=list)
    texts: Mapping[str, str] | None = None
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: str = ""

    @classmethod
    def of(cls, call: Call, draft: ProcedureDraft) -> "TrialDesk":
        """As the form of the page has it; what cannot be read begins anew."""
        try:
            told = orjson.loads(request.form.get("trial", "{}"))
            ProcedureTrialIn().load(told)
        except (orjson.JSONDecodeError, ValidationError):
            told = {}
        begun = told.get("begun_at")
        at = datetime.fromisoformat(begun) if begun else call.now
        return cls(call, draft, at, told.get("moves") or [])

    @property
    def kept(self) -> str:
        """The list of moves as the form holds it."""
        told = {"begun_at": local(self.begun_at).isoformat(), "moves": self.moves}
        return orjson.dumps(told).decode()

    @cached_property
    def trial(self) -> Trial:
        """As far as it has come; where the draft changed, so that a move is refused now, as far as
        the moves before it lead."""
        while True:
            try:
                return self._walked(self.moves)
            except EngineError as refused:
                if not self.moves:
                    raise
                self.refused = refused.message
                self.moves = self.moves[:-1]

    @cached_property
    def view(self) -> TrialView:
        """What to show of it."""
        return view(self.trial)

    @cached_property
    def task(self) -> TaskToDo | None:
        """The task at hand: the one chosen, else the first."""
        wanted = request.form.get("at", "")
        chosen = (task for task in self.view.tasks if str(task.place) == wanted)
        return next(chosen, next(iter(self.view.tasks), None))

    @property
    def form(self) -> Form | None:
        """The form to fill in now: that of the task, before there is any the application."""
        procedure = self.trial.ground.setting.procedure
        if not self.view.begun:
            return procedure.application_form
        return procedure.form_of(procedure.places.steps[self.task.step]) if self.task else None

    @property
    def shown(self) -> jsonform.ShownForm | None:
        """The form at hand with what was typed, else with answers that fit."""
        if self.form is None:
            return None
        fields = jsonform.read(self.form.schema)
        if self.texts is None:
            day = local(self.trial.now).date()
            texts: Mapping[str, str] = jsonform.texts_of(fields, sample_answer(self.form, day))
        else:
            texts = self.texts
        return jsonform.show(fields, texts, self.errors)

    def act(self, wanted: str) -> None:
        """Do what a button says; what is refused is shown and changes nothing."""
        if wanted == "back":
            self._hold(self.moves[:-1])
        elif wanted == "restart":
            self.begun_at = self.call.now
            self._hold([])
        elif wanted in (_SUBMITTED, _COMPLETED):
            self._fill_in(wanted)
        elif wanted.startswith("later:"):
            self._make(
                {"kind": MoveKind.LATER, "until": self._until(wanted.removeprefix("later:"))}
            )
        elif wanted in list(MoveKind):
            place = request.form.get("place", "")
            number = int(place) if place.isascii() and place.isdecimal() and len(place) < 9 else 0
            self._make({"kind": wanted, "by": request.form.get("by", ""), "place": number})

    def _fill_in(self, wanted: str) -> None:
        form = self.form
        if form is None:
            return
        entry = jsonform.enter(jsonform.read(form.schema), request.form.items(multi=True))
        self.texts, self.errors = entry.texts, entry.errors
        if jsonform.asks_for_rows(request.form):
            self.texts, self.errors = jsonform.with_rows(entry.texts, request.form), {}
        elif not entry.errors:
            self._make(self._filled_in(wanted, entry.document))

    def _filled_in(self, wanted: str, document: Mapping[str, Any]) -> dict[str, Any]:
        if wanted == _SUBMITTED:
            channel = request.form.get("channel", "online")
            by = self.trial.ground.people.of(Role.PORTAL).username
            return {"kind": wanted, "by": by, "form": {"channel": channel, "application": document}}
        place = self.task.place if self.task else 0
        by = request.form.get("by", "")
        return {"kind": wanted, "by": by, "place": place, "form": dict(document)}

    def _until(self, lapse: str) -> str | None:
        if lapse == "next":
            moment = self.view.next_moment
        elif lapse in LAPSES:
            moment = self.trial.now + LAPSES[lapse]
        else:
            return f"{request.form.get('until', '')}:00{VIETNAM}"
        return local(moment).isoformat() if moment else None

    def _make(self, move: dict[str, Any]) -> None:
        moves = [*self.moves, {name: value for name, value in move.items() if value is not None}]
        try:
            self._walked(moves)
        except EngineError as refused:
            fields = refused.details.get("fields")
            if fields:
                self.errors = {name.removeprefix("application."): m for name, m in fields.items()}
            else:
                self.refused = refused.message
        except ValidationError as wrong:
            self.refused = " ".join(_sentences(wrong.messages))
        else:
            self.texts, self.errors = None, {}
            self._hold(moves)

    def _hold(self, moves: Moves) -> None:
        self.moves = moves
        for each in ("trial", "view", "task"):
            self.__dict__.pop(each, None)

    def _walked(self, moves: Moves) -> Trial:
        told = ProcedureTrialIn().load({"moves": moves})
        made = [Move(**move) for move in told["moves"]]
        return walked(self._ground, made, self.begun_at)

    @cached_property
    def _ground(self) -> Ground:
        return ground(self.call, self.draft)


def _sentences(messages: Any) -> Iterable[str]:
    if isinstance(messages, Mapping):
        for each in messages.values():
            yield from _sentences(each)
    else:
        yield from map(str, messages if isinstance(messages, list) else [messages])
