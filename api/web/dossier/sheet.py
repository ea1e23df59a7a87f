"""Money of a dossier as its pages show it: what is owed and was paid, and what one may do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from api.web.dossier.acting import N_
from api.web.dossier.scene import Scene
from api.web.language import gettext as _
from bpmn.answers import Answer, answers
from bpmn.steps import Stage
from engine.life.dues import OWN
from engine.model.actor import Permission, may
from engine.model.obligation import (
    OBLIGATION_KIND_NAMES,
    OBLIGATION_STATUS_NAMES,
    Obligation,
    ObligationKind,
)
from engine.model.payment import MEANS_NAMES
from engine.queries.dossier_money import PaymentItem, payments_of


@dataclass(frozen=True)
class Link:
    """Something that one may do, with where."""

    path: str
    label: str
    icon: str


@dataclass(frozen=True)
class Sheet:
    """The money of a dossier, for one reader."""

    scene: Scene

    @property
    def obligations(self) -> Sequence[Obligation]:
        """All of them, by number."""
        return list(self.scene.dossier.obligations.values())

    @property
    def due(self) -> Sequence[Obligation]:
        """What this office has to collect still."""
        return [each for each in self.obligations if each.kind in OWN and each.is_open]

    def payments(self, obligation: Obligation) -> Sequence[PaymentItem]:
        """What came in for an obligation."""
        found = payments_of(self.scene.dossier)
        return [each for each in found if each.obligation == obligation.number]

    def kind(self, obligation: Obligation) -> str:
        """What it is called."""
        return _(OBLIGATION_KIND_NAMES[obligation.kind])

    def status(self, obligation: Obligation) -> str:
        """Where it stands."""
        return _(OBLIGATION_STATUS_NAMES[obligation.status])

    def means(self, payment: PaymentItem) -> str:
        """How it came in."""
        return _(MEANS_NAMES[payment.means])

    @property
    def links(self) -> list[Link]:
        """What may be done about the dossier's money as a whole."""
        dossier = self.scene.dossier
        found = []
        if dossier.outcome is None and self._may(Permission.DOSSIER_RECEIVE):
            found.append(self._link("doi-tuong", N_("Ghi đối tượng miễn, giảm"), "user-check"))
        if dossier.outcome is None and dossier.received_at and self._may(Permission.OBLIGATION_SET):
            found.append(self._link("thong-bao", N_("Ghi nghĩa vụ tài chính"), "file-text"))
        return found

    def acts(self, obligation: Obligation) -> list[Link]:
        """What may be done about an obligation."""
        number, noticed = obligation.number, obligation.kind is ObligationKind.FINANCIAL_OBLIGATION
        found = []
        if obligation.outstanding and not noticed and self._may(Permission.PAYMENT_TAKE):
            found.append(self._link(f"thu/{number}", N_("Thu tiền mặt"), "wallet"))
        if obligation.outstanding and noticed and self._may(Permission.OBLIGATION_CONFIRM):
            found.append(
                self._link(f"chung-tu/{number}", N_("Ghi chứng từ nộp tiền"), "file-check")
            )
        if not self._may(Permission.OBLIGATION_SET if noticed else Permission.FEE_DECIDE):
            return found
        if not obligation.cancelled and obligation.lapsed is None:
            found.append(self._link(f"sua/{number}", N_("Sửa số tiền"), "pen-line"))
        if obligation.is_open:
            found.append(self._link(f"ghi-no/{number}", N_("Cho ghi nợ"), "clock"))
        if not obligation.cancelled:
            found.append(self._link(f"huy/{number}", N_("Hủy khoản phải nộp"), "ban"))
        return found

    def acts_on(self, payment: PaymentItem) -> list[Link]:
        """What may be done about a payment."""
        found, number = [], payment.number
        if payment.receipt and self._may(Permission.MONEY_READ):
            found.append(self._link(f"bien-lai/{number}", N_("In biên lai"), "printer"))
        if payment.receipt and not payment.reversed_at and self._may(Permission.PAYMENT_TAKE):
            found.append(self._link(f"huy-bien-lai/{number}", N_("Hủy biên lai"), "ban"))
        if payment.to_refund and self._may(Permission.REFUND_DECIDE):
            found.append(self._link(f"hoan/{number}", N_("Quyết định hoàn trả"), "undo-2"))
        if self._may(Permission.PAYMENT_TAKE) and not payment.reversed_at:
            found += [
                self._link(f"da-chi/{number}/{n}", N_("Ghi đã chi hoàn trả"), "check")
                for n, refund in enumerate(payment.refunds, start=1)
                if not refund.made_at
            ]
        return found

    def _may(self, permission: Permission) -> bool:
        return may(self.scene.call.actor, permission, self.scene.dossier)

    def _link(self, path: str, label: str, icon: str) -> Link:
        here = url_for("dossier.money", code=self.scene.code)
        return Link(f"{here}/{path}", _(label), icon)


def collected(scene: Scene) -> Iterator[tuple[str, Sequence[Answer]]]:
    """What steps of payment have recorded by hand, under versions from before obligations: the
    step's name and its form, field by field."""
    procedure = scene.found.procedure
    for step in procedure.places.steps.values():
        filled: Any = scene.dossier.facts.get(step.id)
        if step.stage is Stage.PAYMENT and isinstance(filled, Mapping) and filled:
            yield step.name, answers(filled, procedure.form_of(step))
