"""A dossier that owes a charge, at an office that can take money."""

import pytest

from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions
from tests.clock import FakeClock
from tests.diagrams import CODE
from tests.office import COMMUNE_1, Office
from tests.unit.engine.paying import procedure


class Owing:
    """Makes dossiers that owe 100.000 đồng."""

    def __init__(self, office: Office, clock: FakeClock) -> None:
        self.office = office
        self.clock = clock
        with office.database.transaction() as tx:
            definitions.put(tx, procedure(), by=None, now=clock())

    def dossier(self) -> Dossier:
        """One more, accepted at the counter."""
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.DIRECT,
            receiving_agency=COMMUNE_1,
            owner={"name": "Nguyễn Văn Bình"},
            application={"note": "Kính đề nghị"},
        )
        with self.office.database.transaction() as tx:
            return submit_dossier(tx, command, self.office.actor("reception1"), self.clock())


@pytest.fixture
def owing(office: Office, clock: FakeClock) -> Owing:
    """Makes dossiers that owe a charge."""
    return Owing(office, clock)
