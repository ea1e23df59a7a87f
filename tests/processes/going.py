"""What a way through a procedure is, and those that many procedures have."""

from dataclasses import dataclass, field
from typing import Any

from bpmn.steps import Outcome
from engine.model.status import Channel

ONLINE, DIRECT, POSTAL = Channel.ONLINE, Channel.DIRECT, Channel.POSTAL


@dataclass(frozen=True)
class Way:
    """How a dossier goes to one of its ends.

    `steps` are written `step=decision`, `step!` that is late, `+news` that come from outside,
    `~wait` that lapses, `?service` that answers. Papers are asked for once before receipt and
    once after. `begins` is the moment of a way that other law holds for; `answers` are changes to
    the samples by step.
    """

    name: str
    end: str
    outcome: Outcome
    channel: Channel
    steps: str
    changes: dict[str, Any] = field(default_factory=dict)
    begins: str | None = None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)


SIGNED = "sign=approve seal deliver"
REFUSED = "sign_refusal=approve seal_refusal deliver_refusal"
RECEIVED = "check_papers=accept digitise"
COMPLETED = "appraise=supplement send_supplement_request +supplement"


def common(way_to_signature: str, received: str = RECEIVED) -> list[Way]:
    """What every procedure that is appraised and signed can come to."""
    return [
        Way(
            "not accepted at the counter",
            "end_refused_intake",
            Outcome.REFUSED_INTAKE,
            DIRECT,
            "check_papers=refuse",
        ),
        Way(
            "not accepted after a supplement",
            "end_refused_intake",
            Outcome.REFUSED_INTAKE,
            ONLINE,
            "check_papers=supplement +supplement check_papers=refuse",
        ),
        Way(
            "refused by the specialist, at the second go",
            "end_refused",
            Outcome.REFUSED,
            POSTAL,
            f"{received} appraise=refuse sign_refusal=return appraise=refuse {REFUSED}",
        ),
        Way(
            "refused by the leader",
            "end_refused",
            Outcome.REFUSED,
            DIRECT,
            f"{received} {way_to_signature} sign=refuse {REFUSED}",
        ),
        Way(
            "withdrawn before acceptance",
            "withdrawal_end",
            Outcome.WITHDRAWN,
            ONLINE,
            "+withdrawal return_papers",
        ),
        Way(
            "discontinued before the signature",
            "discontinuation_end",
            Outcome.DISCONTINUED,
            POSTAL,
            f"{received} {way_to_signature} +discontinuation issue_discontinuation",
        ),
    ]


def supplementing(received: str = RECEIVED) -> list[Way]:
    """What can come of it that the specialist asks for papers."""
    return [
        Way(
            "no supplement came",
            "end_no_supplement",
            Outcome.DISCONTINUED,
            DIRECT,
            f"{received} appraise=supplement send_supplement_request ~supplement_overdue"
            " notify_no_supplement",
        ),
        Way(
            "the supplement was never asked for",
            "end_no_supplement",
            Outcome.DISCONTINUED,
            ONLINE,
            f"{received} appraise=supplement ~supplement_overdue notify_no_supplement!",
        ),
        Way(
            "withdrawn while a supplement is awaited",
            "withdrawal_end",
            Outcome.WITHDRAWN,
            DIRECT,
            f"{received} appraise=supplement send_supplement_request +withdrawal return_papers",
        ),
    ]


def delivered(
    drafted: str, with_fee: dict[str, Any], without: dict[str, Any], free: Channel
) -> list[Way]:
    """Two ways to the result: straight and without a fee; with one, after everything else."""
    return [
        Way(
            "delivered without a fee",
            "end_delivered",
            Outcome.DELIVERED,
            free,
            f"{RECEIVED} {drafted} {SIGNED}",
            without,
        ),
        Way(
            "delivered with a fee, after supplements and a return",
            "end_delivered",
            Outcome.DELIVERED,
            POSTAL,
            f"check_papers=supplement +supplement {RECEIVED} {COMPLETED} {drafted} collect_fee"
            f" sign=return {drafted} {SIGNED}",
            with_fee,
        ),
    ]


def further(step: str, then: str, changes: dict[str, Any], appraised: str = "approve") -> list[Way]:
    """A check that only some dossiers need, with both its answers."""
    checked = f"{RECEIVED} appraise={appraised} {step}"
    return [
        Way(
            "delivered after a further check",
            "end_delivered",
            Outcome.DELIVERED,
            DIRECT,
            f"{checked}=approve {then} {SIGNED}",
            changes,
        ),
        Way(
            "refused after a further check",
            "end_refused",
            Outcome.REFUSED,
            ONLINE,
            f"{checked}=refuse {REFUSED}",
            changes,
        ),
    ]
