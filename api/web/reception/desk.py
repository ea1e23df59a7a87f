"""One application in the making, read off its draft: what each step shows and hands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from api.web.entered import Entered
from api.web.jsonform import read as read_form
from api.web.jsonform import texts_of
from api.web.reception.applicant import MEANS, known, person, read_applicant
from api.web.reception.declaration import (
    CHECK,
    PREFIX,
    Typed,
    read_check,
    read_declaration,
    refill,
    refollowed,
)
from api.web.reception.papers import Papers, read_papers
from bpmn.particulars import OWNER, SUBMITTER
from bpmn.procedure import Procedure
from bpmn.steps import Stage, Step
from engine.commands.submission import SubmitDossier
from engine.life.decisions import ACCEPT, SUPPLEMENT
from engine.model.status import Channel
from engine.store.reception_drafts import ReceptionDraft


@dataclass(frozen=True)
class Desk:
    """A draft with its procedure in the version in force."""

    draft: ReceptionDraft
    procedure: Procedure

    @property
    def texts(self) -> Mapping[str, str]:
        """All that was typed."""
        return self.draft.texts

    @cached_property
    def applicant(self) -> Entered:
        """Who applies."""
        return read_applicant(self.texts)

    @cached_property
    def papers(self) -> Papers:
        """Which papers are there."""
        return read_papers(self.procedure, self.texts)

    @property
    def assisted(self) -> bool:
        """Whether an officer fills it in for somebody who need not be reachable."""
        return "case.assisted" in self.texts

    @cached_property
    def declaration(self) -> Typed:
        """What is declared."""
        return read_declaration(self.procedure, self.texts, self.assisted)

    @property
    def check_step(self) -> Step:
        """The step at which the counter checks."""
        steps = self.procedure.places.steps.values()
        return next(step for step in steps if step.stage is Stage.RECEIPT)

    @cached_property
    def check(self) -> Typed:
        """The form of the check as typed; before anything was, as the steps before propose."""
        typed = any(name.startswith(CHECK) for name in self.texts)
        texts = self.texts if typed else self._proposed()
        return read_check(self.procedure, self.check_step.id, texts)

    @property
    def people(self) -> dict[str, dict[str, str]]:
        """What is known of submitter and owner."""
        return {who: known(self.texts, who) for who in (SUBMITTER, OWNER)}

    def with_people_of(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Other texts, whose declaration says of people what they now say."""
        after = Desk(_replaced(self.draft, texts), self.procedure)
        return refill(self.procedure, texts, self.people, after.people)

    def with_papers_of(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Other texts, whose check follows the papers where nobody decided otherwise."""
        if not any(name.startswith(CHECK) for name in texts):
            return dict(texts)
        old, new = self._proposed(), Desk(_replaced(self.draft, texts), self.procedure)._proposed()
        return refollowed(texts, old, new)

    def _proposed(self) -> dict[str, str]:
        """An answer to the check that fits the papers, as far as its form knows the fields."""
        form, papers = self.procedure.form_of(self.check_step), self.papers
        missing = "; ".join(component.name for component in papers.missing)
        proposal = {
            "decision": SUPPLEMENT if papers.missing else ACCEPT,
            "papers_sufficient": not papers.missing,
            "supplement_items": missing,
            "supplement_components": [{"component": each.code} for each in papers.missing],
            "result_delivery": "counter",
        }
        fitting = {
            k: v for k, v in proposal.items() if k in form.fields and v not in ("", None, [])
        }
        texts = texts_of(read_form(form.schema), fitting)
        return {CHECK + name.removeprefix(PREFIX): text for name, text in texts.items()}

    def command(self) -> SubmitDossier:
        """The dossier that is handed in, with the decision as typed."""
        return self._command(self.check.document)

    def accepted(self) -> SubmitDossier:
        """The same, were it accepted now: for showing what would be promised."""
        usual = {"papers_sufficient": True, "identity_verified": True, "result_delivery": "counter"}
        known = self.procedure.form_of(self.check_step).fields
        fitting = {name: value for name, value in usual.items() if name in known}
        return self._command({**fitting, **self.check.document, "decision": ACCEPT})

    def _command(self, intake: Mapping[str, object]) -> SubmitDossier:
        case = self.applicant.data.get("case", {})
        other = bool(case.get("other_owner"))
        return SubmitDossier(
            procedure=self.draft.procedure,
            channel=Channel.DIRECT,
            receiving_agency=self.draft.agency,
            competent_agency=case.get("competent_agency"),
            owner=person(self.applicant, OWNER),
            submitter=person(self.applicant, SUBMITTER) if other else None,
            application=self.declaration.document,
            components=self.papers.handed_in(),
            obtained=self.papers.obtained(),
            intake=intake,
            ticket=case.get("ticket"),
            assisted=self.assisted,
            priority=case.get("priority"),
            category=case.get("category"),
            notices=MEANS.get(case.get("notices")),
        )


def _replaced(draft: ReceptionDraft, texts: Mapping[str, str]) -> ReceptionDraft:
    return ReceptionDraft(**{**vars(draft), "texts": texts})
