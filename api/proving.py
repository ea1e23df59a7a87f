"""The proof of a dossier, whose files are read when the transaction of the view has ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.sending import Later
from api.services import services
from engine.signatures.trust import trusted
from engine.verification import Recorded, Verified


@dataclass(frozen=True)
class Proof(Later):
    """What the database shows, and how the whole is `shown`."""

    recorded: Recorded
    shown: Callable[[Verified], Any] = lambda found: found

    def made(self) -> Any:
        """The answer."""
        here = services()
        return self.shown(self.recorded.examined(here.files, trusted(here.settings.trust_roots)))
