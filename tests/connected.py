"""An office connected to other software, and dossiers of a procedure that asks and tells it."""

import json
from functools import cache
from typing import Any

from bpmn.procedure import Procedure, procedure_from_sources
from engine.commands.connectors import RegisterConnector, Terms, register_connector
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model import webhook
from engine.model.connector import KeptConnector, Replies
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions, dossiers
from engine.verification import verify_dossier
from tests import diagrams
from tests.clock import FakeClock
from tests.diagrams import (
    START,
    boundary_timer,
    diagram,
    end,
    event_subprocess,
    flow,
    gateway,
    service,
    task,
    way,
)
from tests.office import COMMUNE_1, PROVINCE, Office

CODE = "9.000003"
PERSON = {"personal_id": "042226001234"}
DONE = {"outcome": "done", "answer": PERSON}
REFUSED = {"outcome": "refused", "reason": "Trùng với trường hợp đã đăng ký"}
_OPERATIONS = {
    "civil_status": {"register_birth": "Đăng ký khai sinh"},
    "tax": {"send_tax_information": "Chuyển phiếu thông tin"},
}


def sources() -> dict[str, str]:
    """Checked, asked of civil status, by hand where that does not answer, told to the tax office,
    delivered."""
    drawn = diagram(
        "p_9_000003",
        {
            "Bộ phận Một cửa": ["check_papers", "withdrawal", "deliver"],
            "Chuyên viên": ["by_hand"],
            "Lãnh đạo": ["discontinuation"],
        },
        *(START, task("check_papers", stage="receipt"), end("ended")),
        *(service("ask", pauses="lay_y_kien_phoi_hop"), boundary_timer("late", "ask", "8 hours")),
        *(gateway("registered", default="by_hand"), task("by_hand"), service("tell", "tell")),
        task("deliver", stage="delivery", limit="0 hours"),
        event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
        event_subprocess("discontinuation", "discontinuation_decided", "notify", "discontinued"),
        *(way("start", "check_papers", "ask", "registered", "by_hand", "tell"),),
        *(way("late", "by_hand"), way("tell", "deliver", "ended")),
        flow("registered", "tell", 'ask.outcome == "done"'),
    )
    return {
        name: text.replace(diagrams.CODE, CODE) for name, text in diagrams.sources(drawn).items()
    }


@cache
def parsed() -> Procedure:
    """The procedure."""
    return procedure_from_sources(sources())


class Connected:
    """The office, with the procedure in force; connectors as a test has them."""

    def __init__(self, office: Office, clock: FakeClock, secret_key: str) -> None:
        self.office = office
        self.clock = clock
        self.secret_key = secret_key
        with office.database.transaction() as tx:
            definitions.put(tx, parsed(), by=None, now=clock())

    def connect(
        self,
        name: str = "civil_status",
        url: str = "http://127.0.0.1:9",
        replies: Replies = Replies.CALLBACK,
        agency: str = PROVINCE,
    ) -> KeptConnector:
        """Let an agency be connected."""
        terms = Terms(f"Phần mềm {name}", url, _OPERATIONS[name], replies)
        command = RegisterConnector(agency, name, terms)
        with self.office.database.transaction() as tx:
            by = self.office.actor("administrator")
            return register_connector(tx, command, by, self.clock())

    def dossier(self) -> Dossier:
        """Received at the counter, so that it has asked."""
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.DIRECT,
            receiving_agency=COMMUNE_1,
            owner={"name": "Nguyễn Văn Bình", "personal_id": "042090001234"},
            application={"note": "Bé An"},
        )
        with self.office.database.transaction() as tx:
            return submit_dossier(tx, command, self.office.actor("reception1"), self.clock())

    def now(self, code: str) -> Dossier:
        """A dossier as it stands, whose record holds."""
        with self.office.database.reading() as tx:
            assert verify_dossier(tx, code) is None
            return dossiers.read(tx, code).dossier

    def steps(self, code: str) -> list[str]:
        """The open tasks of a dossier."""
        return [task.step for task in self.now(code).tasks.values()]

    def signed(self, connector: KeptConnector, answer: Any) -> tuple[bytes, dict[str, str]]:
        """An answer as the software sends it: body and headers."""
        body = json.dumps(answer).encode()
        secret = connector.secret(self.secret_key)
        return body, webhook.signed([secret], "answer-1", self.clock(), body)
