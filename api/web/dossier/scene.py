"""A dossier as someone stands before it: what a page, a form or a sentence about it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from api.edge import Call
from bpmn.answers import Answer, answers
from engine.life.setting import Setting
from engine.model.actor import Permission, may
from engine.model.dossier import Dossier, Task
from engine.queries import dossiers, events, people
from engine.queries.dossiers import Found
from engine.queries.events import EventItem
from engine.queries.paging import Slice
from engine.queries.views import DossierView, view_of
from engine.store.verdicts import FileVerdict, of_files

WHOLE_LOG = 100_000
"""More events than any dossier has."""


@dataclass(frozen=True)
class Scene:
    """One dossier, looked at in one request."""

    call: Call
    found: Found

    @classmethod
    def of(cls, call: Call, code: str) -> "Scene":
        """Raises `DossierUnknown`."""
        return cls(call, dossiers.find(call.tx, code, call.actor))

    @property
    def dossier(self) -> Dossier:
        """The dossier itself."""
        return self.found.dossier

    @property
    def code(self) -> str:
        """Its code."""
        return self.dossier.code

    @property
    def setting(self) -> Setting:
        """The rules that it runs under."""
        return self.found.setting

    @cached_property
    def view(self) -> DossierView:
        """The dossier with names for codes, and what one may do."""
        return view_of(self.dossier, self.setting, self.call.actor)

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What was handed in: owner, submitter, application."""
        return dossiers.submission(self.call.tx, self.found)

    @cached_property
    def declaration(self) -> list[Answer]:
        """The application, field by field."""
        return answers(self.said.get("application") or {}, self.found.procedure.application_form)

    @cached_property
    def holders(self) -> Mapping[int, str]:
        """Names of those who hold open tasks."""
        return people.names_of(self.call.tx, [t.assignee for t in self.dossier.tasks.values()])

    @cached_property
    def verdicts(self) -> Mapping[int, FileVerdict]:
        """What was found of the signatures in files that were sent, by the document's number."""
        documents = self.dossier.documents.values()
        sent = {each.number: each.file.digest for each in documents if not each.signatures}
        known = of_files(self.call.tx, set(sent.values()))
        return {number: known[digest] for number, digest in sent.items() if digest in known}

    @property
    def may_look(self) -> bool:
        """Whether one may look into what is kept for its owner, on account of this dossier."""
        open_ = self.dossier.outcome is None
        return open_ and may(self.call.actor, Permission.VAULT_READ, self.dossier)

    def events(self, after: int = 0) -> list[EventItem]:
        """The log from some event on."""
        part = Slice(WHOLE_LOG, (after,))
        return events.list_events(self.call.tx, part, self.found, self.call.actor).items

    def done_by_me(self, task: Task) -> list[str]:
        """Names of the steps that one did and whose doer may not do this task as well."""
        steps = self.found.procedure.places.steps
        apart = steps[task.step].four_eyes
        mine = self.call.actor.key
        return [steps[s].name for s in apart if self.dossier.done_by.get(s) == mine and s in steps]
