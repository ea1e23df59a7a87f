"""What a dossier's fees and charges come to, as letters and the tracking page say it."""

from dataclasses import dataclass
from datetime import datetime

from engine.life.dues import OWN
from engine.model.dossier import Dossier
from engine.model.obligation import Obligation, ObligationKind


@dataclass(frozen=True)
class Fees:
    """So many đồng in all, on what ground; `amount` is None while nothing has decided it."""

    amount: int | None
    ground: str | None


def fees_of(dossier: Dossier) -> Fees:
    """Fees and charges together; waived ones with the ground of the exemption."""
    own = [o for o in dossier.obligations.values() if o.kind in OWN and not o.cancelled]
    if not own:
        return _of_old_tables(dossier)
    grounds = dict.fromkeys(o.relief or o.ground for o in own)
    return Fees(sum(o.amount for o in own), "; ".join(grounds))


def _of_old_tables(dossier: Dossier) -> Fees:
    """Dossiers that run on a version from before obligations keep what their table said."""
    said = dossier.facts.get("fee", {})
    amount = said.get("amount")
    return Fees(amount if isinstance(amount, int) else None, said.get("ground"))


def outstanding(dossier: Dossier, kinds: frozenset[ObligationKind]) -> list[Obligation]:
    """What of some kinds is still to be paid, the most urgent first."""
    found = [o for o in dossier.obligations.values() if o.kind in kinds and o.is_open]
    return sorted(found, key=_until)


def _until(obligation: Obligation) -> tuple[bool, datetime, int]:
    return obligation.due_at is None, obligation.due_at or obligation.set_at, obligation.number
