"""Citizens of these tests, and what they hand in."""

from typing import Any

from bpmn.procedure import Procedure
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.slip_link import slip_key
from engine.model.status import Channel
from engine.store.tracking import Claim
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker
from tests.samples import answer, application, shipped

SECRET = "khóa của bài kiểm tra"
OWNER = {
    "name": "Nguyễn Văn Bình",
    "personal_id": "042090001234",
    "phone": "+84912345678",
    "email": "binh@thu.example.vn",
    "address": "Thôn 3",
}
SUBMITTER = {"name": "Trần Thị Hà", "personal_id": "042190005678", "phone": "0987654321"}


def hand_in(
    office: Office, clock: FakeClock, procedure: Procedure, intake: str = "accept", **more: Any
) -> Dossier:
    """A dossier of the two, at the counter of commune 1."""
    command = SubmitDossier(
        procedure=procedure.facts.code,
        channel=Channel.DIRECT,
        receiving_agency=COMMUNE_1,
        owner=OWNER,
        submitter=SUBMITTER,
        application=application(procedure, **more),
        intake=answer(procedure, "check_papers", decision=intake),
    )
    with office.database.transaction() as tx:
        return submit_dossier(tx, command, office.actor("reception1"), clock())


def led(
    office: Office, clock: FakeClock, way: str, folder: str = "1_001193", **more: Any
) -> Walker:
    """A dossier of the two after its way from acceptance on, as `Walker` writes ways."""
    walker = Walker(office, clock, shipped(folder))
    walker.dossier = hand_in(office, clock, walker.procedure, **more)
    for step in way.split():
        clock.advance(minutes=7)
        walker.take(step)
    return walker


def by_phone(code: str) -> Claim:
    """The owner's claim."""
    return Claim(code, factor="0912345678")


def by_slip(code: str) -> Claim:
    """The claim of whoever holds the slip."""
    return Claim(code, key=slip_key(SECRET, code))
