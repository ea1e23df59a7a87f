"""What is to be paid for a dossier, as the portal lists it."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.model.dossier import Dossier
from engine.model.obligation import OBLIGATION_KIND_NAMES, Obligation, ObligationKind
from engine.model.payment import Means

FEE, CHARGE = "1", "2"
AT_THE_COUNTER, ONLINE = "1", "2"
_KINDS: Mapping[ObligationKind, str] = {ObligationKind.FEE: FEE, ObligationKind.CHARGE: CHARGE}
_ONLINE = frozenset({Means.VNPAY, Means.TRANSFER})


def fees(dossier: Dossier) -> list[dict[str, Any]]:
    """Fees and charges, line by line, in đồng; what another agency sets is for it to tell."""
    return [line for each in dossier.obligations.values() for line in _lines(each)]


def _lines(obligation: Obligation) -> Iterator[dict[str, Any]]:
    kind = _KINDS.get(obligation.kind)
    if kind is None or obligation.cancelled:
        return
    for item in obligation.items:
        yield {
            "Ten": item.name or OBLIGATION_KIND_NAMES[obligation.kind],
            "Ma": None,
            "HinhThucThu": ONLINE if _is_online(obligation) else AT_THE_COUNTER,
            "Gia": item.amount,
            "LoaiPhiLePhi": kind,
        }


def paid_online(dossier: Dossier) -> bool:
    """Whether any of it was paid online."""
    return any(map(_is_online, dossier.obligations.values()))


def _is_online(obligation: Obligation) -> bool:
    return any(payment.means in _ONLINE for payment in obligation.payments)
