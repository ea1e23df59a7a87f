"""Dossiers that owe money, at the office of the tests."""

from datetime import timedelta
from functools import cache

from sqlalchemy import Connection

from bpmn.procedure import Procedure, procedure_from_sources
from engine.commands.acting import Target
from engine.commands.cash import TakeCash, take_cash
from engine.commands.obligations import SetObligation, set_obligation
from engine.commands.payments import DecideRefund, Settlement, decide_refund, settle
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.model.dossier import Dossier
from engine.model.obligation import Item, Notice
from engine.model.payment import Means
from engine.model.status import Channel
from engine.store import definitions
from tests.clock import FakeClock
from tests.diagrams import CODE as TAKEN
from tests.office import COMMUNE_1, Office
from tests.unit.engine.paying import CHARGE, procedure

CODE = "9.000009"
"""Of a procedure with a charge of 100.000 đồng."""


@cache
def charging() -> Procedure:
    """It, beside the small procedure of other tests."""
    names = {TAKEN: CODE, TAKEN.replace(".", "_"): CODE.replace(".", "_")}
    sources = dict(procedure().sources)
    for old, new in names.items():
        sources = {name: text.replace(old, new) for name, text in sources.items()}
    return procedure_from_sources(sources)


class Owing:
    """Makes dossiers that owe 100.000 đồng; each method leaves one where its name says."""

    def __init__(self, office: Office, clock: FakeClock) -> None:
        self.office = office
        self.clock = clock
        with office.database.transaction() as tx:
            definitions.put(tx, charging(), by=None, now=clock())

    def dossier(self) -> Dossier:
        """Accepted at the counter."""
        with self.office.database.transaction() as tx:
            return self._submitted(tx)

    def collecting(self) -> Dossier:
        """The cashier has to collect it."""
        dossier = self.dossier()
        (place,) = dossier.tasks
        command = CompleteTask(Target(dossier.code), place, {})
        with self.office.database.transaction() as tx:
            return complete_task(tx, command, self.office.actor("office1"), self.clock())

    def noticed(self) -> Dossier:
        """The tax authority's notice has come; it is obligation 2."""
        notice = Notice("412/TB", "Thuế cơ sở 3", self.clock().date())
        command = SetObligation(
            Target(self.dossier().code),
            [Item("Tiền sử dụng đất", 5_000_000)],
            notice,
            self.clock() + timedelta(days=30),
            "Luật Đất đai 2024",
        )
        with self.office.database.transaction() as tx:
            return set_obligation(tx, command, self.office.actor("office1"), self.clock())

    def receipted(self) -> Dossier:
        """Paid in cash, payment 1."""
        with self.office.database.transaction() as tx:
            command = TakeCash(Target(self._submitted(tx).code), 1, CHARGE, "Trần Thị Hoa")
            return take_cash(tx, command, self.office.actor("cashier1"), self.clock()).dossier

    def overpaid(self) -> Dossier:
        """Half as much again came by transfer as payment 1."""
        with self.office.database.transaction() as tx:
            code = self._submitted(tx).code
            paid = Settlement(code, 1, CHARGE * 3 // 2, Means.TRANSFER, f"FT {code}", self.clock())
            return settle(tx, paid, self.clock()).dossier

    def refundable(self) -> Dossier:
        """It was decided that what is too much goes back."""
        dossier = self.overpaid()
        command = DecideRefund(Target(dossier.code), 1, CHARGE // 2, "Chuyển thừa")
        with self.office.database.transaction() as tx:
            return decide_refund(tx, command, self.office.actor("leader1"), self.clock())

    def _submitted(self, tx: Connection) -> Dossier:
        command = SubmitDossier(
            procedure=CODE,
            channel=Channel.DIRECT,
            receiving_agency=COMMUNE_1,
            owner={"name": "Nguyễn Văn Bình"},
            application={"note": "Kính đề nghị"},
        )
        return submit_dossier(tx, command, self.office.actor("reception1"), self.clock())
