"""A small procedure with a charge of 100.000 đồng, and money that comes in for it."""

from typing import Any

from bpmn.procedure import Procedure, procedure_from_sources
from engine.model.event import SYSTEM, EventType
from engine.model.obligation import Obligation
from tests.diagrams import (
    START,
    decide,
    decision_table,
    end,
    event_subprocess,
    message_wait,
    task,
    way,
)
from tests.unit.bpmn.asking import small
from tests.unit.engine.living import Life

CHARGE = 100_000
_ROWS = [['in ("ho_ngheo",)', "0", '"NQ 1"', '"Hộ nghèo"'], ["-", str(CHARGE), '"NQ 1"', '""']]
TABLE = decision_table("fee", ["applicant.category"], ["charge", "ground", "relief"], _ROWS)


def procedure(*waits: str) -> Procedure:
    """Accepted, the charge is decided; then work, payment, what is waited for, delivery."""
    elements = (
        START,
        task("check", stage="receipt"),
        decide("fee", "fee"),
        task("work"),
        task("collect", stage="payment"),
        *(
            message_wait(name, "obligation_fulfilled", pauses="nghia_vu_tai_chinh")
            for name in waits
        ),
        task("deliver", stage="delivery", limit="0 hours"),
        end("e"),
        way("start", "check", "fee", "work", "collect", *waits, "deliver", "e"),
        event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
    )
    steps = "check work collect deliver withdrawal"
    return procedure_from_sources(small(*elements, steps=steps) | {"fee.dmn": TABLE})


class Paying(Life):
    """A life in which money comes in; references are numbered from 1."""

    def __init__(self, *waits: str, **data: Any) -> None:
        super().__init__(procedure(*waits), **data)
        self.complete("check", decision="accept")

    @property
    def charge(self) -> Obligation:
        """The charge, as it stands."""
        return self.dossier.obligations[1]

    def pay(self, amount: int, obligation: int = 1) -> None:
        """Money comes in."""
        number = 1 + sum(len(o.payments) for o in self.dossier.obligations.values())
        self.act(
            EventType.PAYMENT_SETTLED,
            SYSTEM,
            payment=number,
            obligation=obligation,
            means="transfer",
            reference=f"FT{number}",
            amount=amount,
            paid_at=self.now.isoformat(),
            document=None,
            receipt=None,
        )

    def reverse(self, payment: int) -> None:
        """It is charged back."""
        self.act(EventType.PAYMENT_REVERSED, SYSTEM, payment=payment)

    def decide(self, payment: int, amount: int) -> None:
        """It is decided that some of it goes back."""
        self.act(EventType.REFUND_DECIDED, 4, payment=payment, amount=amount)

    def refund(self, payment: int, number: int) -> None:
        """It has gone back."""
        told: dict[str, Any] = {"means": "transfer", "reference": "UNC 7"}
        self.act(EventType.REFUND_MADE, 5, payment=payment, refund=number, **told)

    def correct(self, amount: int, obligation: int = 1) -> None:
        """An obligation comes to something else."""
        items = [{"name": "Lệ phí", "amount": amount}]
        said: dict[str, Any] = {"items": items, "ground": "NQ 2", "due_at": None, "notice": None}
        self.act(EventType.OBLIGATION_CORRECTED, 4, obligation=obligation, **said)

    def cancel(self, obligation: int = 1) -> None:
        """An obligation should not have been."""
        self.act(EventType.OBLIGATION_CANCELLED, 4, obligation=obligation)

    def defer(self, obligation: int = 1) -> None:
        """It may be paid later."""
        said: dict[str, Any] = {"ground": "NĐ 103", "until": None}
        self.act(EventType.OBLIGATION_DEFERRED, 4, obligation=obligation, **said)

    def oblige(self, amount: int = 5_000_000) -> int:
        """The tax authority's notice comes; gives the number of the obligation."""
        number = len(self.dossier.obligations) + 1
        self.act(
            EventType.OBLIGATION_SET,
            3,
            obligation=number,
            items=[{"name": "Tiền sử dụng đất", "amount": amount}],
            ground="Luật Đất đai 2024",
            due_at="2026-08-06T10:00:00+00:00",
            notice={
                "number": "412/TB",
                "issuer": "Thuế cơ sở 3",
                "issued_on": "2026-07-06",
                "document": None,
            },
        )
        return number
