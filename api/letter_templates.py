"""Templates are tried before they are put in force: drawn with a full and with a sparse example."""

from dataclasses import dataclass

from flask import Response

from api.letters import shown
from api.sending import Later
from api.services import services
from engine.model.letter_forms import FormDetails
from engine.printing.example import example, sparse
from engine.printing.templates import source_of


def tried(body: str, details: FormDetails) -> bytes:
    """The full example as PDF; raises `TemplateFaulty` for either. No transaction may be open."""
    press, source = services().press, source_of(body)
    press.draw(source, sparse(details))
    return press.draw(source, example(details))


@dataclass(frozen=True)
class Trial(Later):
    """What a view answers to show what a template makes of the example."""

    body: str
    details: FormDetails

    def made(self) -> Response:
        """The PDF; raises `TemplateFaulty`."""
        return shown(tried(self.body, self.details), f"xem-thu-{self.details.form}.pdf")
