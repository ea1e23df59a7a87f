"""The steps at the counter: which texts belong to each, what is still wrong, which comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.web.language import gettext as _
from api.web.reception import applicant, declaration, papers
from api.web.reception.desk import Desk

Errors = Mapping[str, list[str]]


@dataclass(frozen=True)
class WizardStep:
    """A step by its part of the address; `errors` says what is wrong with what was typed."""

    path: str
    title: str
    template: str
    prefixes: tuple[str, ...]
    errors: Callable[[Desk], Errors]

    def owns(self, name: str) -> bool:
        """Whether a field belongs to this step."""
        return name.startswith(self.prefixes)


def steps() -> list[WizardStep]:
    """All of them in order, named in the reader's language."""
    return [
        WizardStep(
            "nguoi-nop", _("Người nộp"), "reception/applicant.html", applicant.PREFIXES,
            lambda desk: desk.applicant.errors,
        ),
        WizardStep(
            "giay-to", _("Giấy tờ"), "reception/papers.html", (papers.PREFIX,),
            lambda desk: desk.papers.errors,
        ),
        WizardStep(
            "to-khai", _("Tờ khai"), "reception/declaration.html", (declaration.PREFIX,),
            lambda desk: desk.declaration.errors,
        ),
        WizardStep(
            "quyet-dinh", _("Quyết định"), "reception/decision.html", (declaration.CHECK,),
            lambda desk: desk.check.errors,
        ),
    ]  # fmt: skip


def following(step: WizardStep) -> WizardStep:
    """The step after one; the last is followed by itself."""
    paths = [each.path for each in steps()]
    return steps()[min(paths.index(step.path) + 1, len(paths) - 1)]
