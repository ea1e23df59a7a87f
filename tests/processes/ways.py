"""The ways through the shipped procedures: together they use every flow of every diagram."""

from dataclasses import dataclass, field
from typing import Any

from bpmn.steps import Outcome
from engine.model.status import Channel

ONLINE, DIRECT, POSTAL = Channel.ONLINE, Channel.DIRECT, Channel.POSTAL


@dataclass(frozen=True)
class Way:
    """How a dossier goes to one of its ends.

    `steps` are written `step=decision`, `step!` that is late, `+news` that come from outside,
    `~wait` that lapses. Papers are asked for once before receipt and once after.
    """

    name: str
    end: str
    outcome: Outcome
    channel: Channel
    steps: str
    changes: dict[str, Any] = field(default_factory=dict)


SIGNED = "sign=approve seal deliver"
REFUSED = "sign_refusal=approve seal_refusal deliver_refusal"
COMPLETED = "appraise=supplement send_supplement_request +supplement"


def _common(way_to_signature: str) -> list[Way]:
    """What every procedure that is appraised and signed can come to."""
    received = "check_papers=accept digitise"
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
            "withdrawn before acceptance",
            "withdrawal_end",
            Outcome.WITHDRAWN,
            ONLINE,
            "+withdrawal return_papers",
        ),
        Way(
            "withdrawn while a supplement is awaited",
            "withdrawal_end",
            Outcome.WITHDRAWN,
            DIRECT,
            f"{received} appraise=supplement send_supplement_request +withdrawal return_papers",
        ),
        Way(
            "discontinued before the signature",
            "discontinuation_end",
            Outcome.DISCONTINUED,
            POSTAL,
            f"{received} {way_to_signature} +discontinuation issue_discontinuation",
        ),
    ]


def _register(
    draft: str, with_fee: dict[str, Any], without: dict[str, Any], free: Channel
) -> list[Way]:
    drafted = f"appraise=approve {draft}"
    return [
        Way(
            "delivered without a fee",
            "end_delivered",
            Outcome.DELIVERED,
            free,
            f"check_papers=accept digitise {drafted} {SIGNED}",
            without,
        ),
        Way(
            "delivered with a fee, after supplements and a return",
            "end_delivered",
            Outcome.DELIVERED,
            POSTAL,
            "check_papers=supplement +supplement check_papers=accept digitise"
            f" {COMPLETED} {drafted} collect_fee sign=return {drafted} {SIGNED}",
            with_fee,
        ),
    ]


_SURVEYED = "appraise=approve survey confirm_status ~public_posting"
_LAND = [
    Way(
        "delivered with a certificate, after supplements and a return",
        "end_delivered",
        Outcome.DELIVERED,
        ONLINE,
        f"check_papers=supplement +supplement check_papers=accept digitise {COMPLETED} {_SURVEYED}"
        " conclude_posting=approve send_tax_information +obligation collect_fee sign=return"
        f" {_SURVEYED} conclude_posting=approve send_tax_information {SIGNED}",
        {"certificate_requested": True, "hard_area": False},
    ),
    Way(
        "delivered without a certificate",
        "end_delivered",
        Outcome.DELIVERED,
        DIRECT,
        f"check_papers=accept digitise {_SURVEYED} conclude_posting=approve {SIGNED}",
        {"certificate_requested": False, "hard_area": True},
    ),
    Way(
        "refused after the posting",
        "end_refused",
        Outcome.REFUSED,
        DIRECT,
        f"check_papers=accept digitise {_SURVEYED} conclude_posting=refuse {REFUSED}",
        {"certificate_requested": True, "hard_area": True},
    ),
    Way(
        "withdrawn while the obligation is awaited",
        "withdrawal_end",
        Outcome.WITHDRAWN,
        DIRECT,
        f"check_papers=accept digitise {_SURVEYED} conclude_posting=approve send_tax_information"
        " +withdrawal return_papers",
    ),
]

WAYS: dict[str, list[Way]] = {
    "1_001193": [
        *_register(
            "enter_register", {"late_registration": True}, {"late_registration": False}, DIRECT
        ),
        *_common("appraise=approve enter_register"),
    ],
    "1_001612": [
        *_register("draft_certificate", {}, {}, ONLINE),
        *_common("appraise=approve draft_certificate collect_fee"),
    ],
    "1_013978": [
        *_LAND,
        *_common(
            f"{_SURVEYED} conclude_posting=approve send_tax_information +obligation collect_fee"
        ),
    ],
}
"""Ways by the folder of the procedure."""
