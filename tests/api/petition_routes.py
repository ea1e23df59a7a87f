"""Routes of petitions, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from engine.commands import petitions
from engine.commands.petition_box import Sender, SubmitPetition, submit_petition
from engine.commands.petitions import OnPetition
from engine.model.petition import PetitionKind
from tests.api.lives import Lives
from tests.api.people import LEADERS, RECEPTION
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1

SENDER = Sender("Trần Thị Bích", "0912345678", "bich@example.vn")
TEXT = "Cán bộ hẹn tôi đến ba lần."
HANDLERS = LEADERS | {"director1", "control1", "control"}
READERS = HANDLERS | {"auditor1", "auditor"}
_ELSEWHERE = {"leader2", "second_leader2", "director2", "control2"}
_ONE = "/petitions/<code:code>"


def sent(lives: Lives, sender: Sender = SENDER) -> str:
    """A petition to commune 1, as it came."""
    said = SubmitPetition(PetitionKind.CONDUCT, COMMUNE_1, TEXT, sender)
    with lives.office.database.transaction() as tx:
        return submit_petition(tx, said, "khóa", lives.clock()).code


def taken(lives: Lives) -> str:
    """One that a leader deals with."""
    code, leader = sent(lives), lives.office.actor("leader1")
    with lives.office.database.transaction() as tx:
        petitions.accept(tx, OnPetition(code), leader.id, leader, lives.clock())
    return code


def answered(lives: Lives) -> str:
    """One that was answered."""
    code, leader = taken(lives), lives.office.actor("leader1")
    with lives.office.database.transaction() as tx:
        said = OnPetition(code, text="Đã nhắc nhở.")
        petitions.answer(tx, said, leader, lives.clock())
    return code


def _on(state: Callable[[Lives], str], act: str, body: Any = None) -> Callable[[Lives], Request]:
    return lambda lives: Request(f"/petitions/{state(lives)}{act}", body)


def _give(lives: Lives) -> Request:
    body = {"handler": lives.office.actor("leader1").id}
    return Request(f"/petitions/{sent(lives)}/handler", body)


_SAID = {"text": "Nói ngắn gọn."}
_ENTERED = {"kind": "proposal", "agency": COMMUNE_1, "text": TEXT, "source": "hotline"}
_PUBLIC = {"question": "Hẹn nhiều lần", "answer": "Đã nhắc nhở"}

PETITION_ROUTES = {
    ("GET", "/petitions"): Route(
        fixed("/petitions?standing=open"), READERS | _ELSEWHERE | {"auditor2"}
    ),
    ("POST", "/petitions"): Route(fixed("/petitions", _ENTERED), HANDLERS | RECEPTION, 201),
    ("GET", _ONE): Route(_on(sent, ""), READERS, readers=READERS),
    ("POST", f"{_ONE}/handler"): Route(_give, HANDLERS, readers=READERS),
    ("POST", f"{_ONE}/concerned"): Route(_on(sent, "/concerned", {}), HANDLERS, readers=READERS),
    ("POST", f"{_ONE}/forwarding"): Route(
        _on(sent, "/forwarding", {**_SAID, "outside": "Công an huyện"}), HANDLERS, readers=READERS
    ),
    ("POST", f"{_ONE}/refusal"): Route(_on(sent, "/refusal", _SAID), HANDLERS, readers=READERS),
    ("POST", f"{_ONE}/supplement-request"): Route(
        _on(sent, "/supplement-request", _SAID), HANDLERS, readers=READERS
    ),
    ("POST", f"{_ONE}/answer"): Route(_on(taken, "/answer", _SAID), HANDLERS, readers=READERS),
    ("POST", f"{_ONE}/publication"): Route(
        _on(answered, "/publication", _PUBLIC), HANDLERS, readers=READERS
    ),
    ("POST", f"{_ONE}/withholding"): Route(
        _on(answered, "/withholding", _SAID), HANDLERS, readers=READERS
    ),
}
