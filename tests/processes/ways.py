"""The ways through the shipped procedures: together they use every flow of every diagram."""

from bpmn.steps import Outcome
from tests.processes.going import (
    COMPLETED,
    DIRECT,
    ONLINE,
    POSTAL,
    RECEIVED,
    REFUSED,
    SIGNED,
    Way,
    common,
    delivered,
    further,
    supplementing,
)

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

_COMPARED = "appraise=approve write_certification collect_fee"
_COPIES = [
    Way(
        "delivered in the day",
        "end_delivered",
        Outcome.DELIVERED,
        DIRECT,
        f"check_papers=accept {_COMPARED} {SIGNED}",
    ),
    Way(
        "delivered after a return, with many pages",
        "end_delivered",
        Outcome.DELIVERED,
        POSTAL,
        f"check_papers=accept {_COMPARED} sign=return appraise=approve write_certification"
        f" {SIGNED}",
        {"pages": 300, "copies": 20, "extended": True},
    ),
]
_WITNESSED = "appraise=approve witness_signature=approve collect_fee"
_SIGNATURES = [
    Way(
        "delivered after a translation was asked for, and a return",
        "end_delivered",
        Outcome.DELIVERED,
        DIRECT,
        f"check_papers=accept {COMPLETED} {_WITNESSED} sign=return appraise=approve"
        f" witness_signature=approve {SIGNED}",
        {"language": "foreign"},
    ),
    Way(
        "refused because nobody signed",
        "end_refused",
        Outcome.REFUSED,
        DIRECT,
        f"check_papers=accept appraise=approve witness_signature=refuse {REFUSED}",
    ),
]
_BOTH_SIGNED = "appraise=approve sign_register=approve"
_MARRIAGE = [
    Way(
        "delivered to both",
        "end_delivered",
        Outcome.DELIVERED,
        ONLINE,
        f"check_papers=supplement +supplement {RECEIVED} {COMPLETED} {_BOTH_SIGNED} sign=return"
        f" {_BOTH_SIGNED} {SIGNED}",
    ),
    Way(
        "refused because one of them does not want to",
        "end_refused",
        Outcome.REFUSED,
        DIRECT,
        f"{RECEIVED} appraise=approve sign_register=refuse {REFUSED}",
    ),
]
_REGISTERED = f"{RECEIVED} appraise=approve enter_register sign=approve +connections seal"
_ELSEWHERE = {"lived_elsewhere": True, "proves_elsewhere": False}

_ASKED = f"{RECEIVED} review=approve"
_HEARD = f"{_ASKED} inspect_site opinion_planning opinion_fire"
_SUPPLEMENTED = "send_supplement_request +supplement"
_PERMITTED = "appraise=approve draft_permit"
_BUILDING = [
    Way(
        "permitted, as one agency answers and another is silent for twelve days",
        "end_delivered",
        Outcome.DELIVERED,
        ONLINE,
        f"check_papers=supplement +supplement {_ASKED} inspect_site opinion_fire ~planning_silent"
        f" appraise=supplement {_SUPPLEMENTED} review=supplement {_SUPPLEMENTED} review=approve"
        f" opinion_planning inspect_site opinion_fire {_PERMITTED} sign=return {_PERMITTED}"
        f" {SIGNED}",
    ),
    Way(
        "permitted with a fee, as nobody has to be asked",
        "end_delivered",
        Outcome.DELIVERED,
        DIRECT,
        f"{_ASKED} inspect_site {_PERMITTED} collect_fee {SIGNED}",
        {"work_kind": "project"},
        answers={"review": {"ask_planning": False, "ask_fire": False}},
    ),
    Way(
        "refused, as one agency is against it and others are silent",
        "end_refused",
        Outcome.REFUSED,
        DIRECT,
        f"{_ASKED} opinion_planning ~heritage_silent inspect_site! appraise=refuse {REFUSED}",
        {"work_kind": "religious"},
        answers={"review": {"ask_heritage": True}, "opinion_planning": {"agrees": False}},
    ),
    Way(
        "permitted, as all three agencies agree",
        "end_delivered",
        Outcome.DELIVERED,
        ONLINE,
        f"{_HEARD} opinion_heritage {_PERMITTED} {SIGNED}",
        {"work_kind": "religious"},
        answers={"review": {"ask_heritage": True}},
    ),
    Way(
        "no supplement came",
        "end_no_supplement",
        Outcome.DISCONTINUED,
        DIRECT,
        f"{RECEIVED} review=supplement send_supplement_request ~supplement_overdue"
        " notify_no_supplement",
    ),
    Way(
        "withdrawn while three are at work",
        "withdrawal_end",
        Outcome.WITHDRAWN,
        DIRECT,
        f"{_ASKED} +withdrawal return_papers",
    ),
]

WAYS: dict[str, list[Way]] = {
    "1_000656": [
        *delivered(
            "appraise=approve enter_register",
            {"late_registration": True},
            {"late_registration": False},
            DIRECT,
        ),
        *further("verify_death", "enter_register", {"death_proof": "evidence"}),
        *common("appraise=approve enter_register"),
        *supplementing(),
    ],
    "1_000894": [
        *_MARRIAGE,
        *further("verify_status", "sign_register=approve", {}, "verify"),
        *common(_BOTH_SIGNED),
        *supplementing(),
    ],
    "1_001193": [
        *delivered(
            "appraise=approve enter_register",
            {"late_registration": True},
            {"late_registration": False},
            DIRECT,
        ),
        *common("appraise=approve enter_register"),
        *supplementing(),
    ],
    "1_001612": [
        *delivered("appraise=approve draft_certificate", {}, {}, ONLINE),
        *common("appraise=approve draft_certificate collect_fee"),
        *supplementing(),
    ],
    "1_001731": [
        Way(
            "delivered after supplements and a return",
            "end_delivered",
            Outcome.DELIVERED,
            POSTAL,
            f"check_papers=supplement +supplement {RECEIVED} {COMPLETED} appraise=approve"
            " draft_decision sign=return appraise=approve draft_decision"
            " sign=approve seal order_payment deliver",
        ),
        *common("appraise=approve draft_decision"),
        *supplementing(),
    ],
    "1_004873": [
        Way(
            "delivered after an undertaking, as no answer came",
            "end_delivered",
            Outcome.DELIVERED,
            POSTAL,
            f"check_papers=supplement +supplement {RECEIVED} {COMPLETED} appraise=approve"
            f" ~no_answer take_undertaking draft_certificate collect_fee sign=return"
            f" appraise=approve verify_status=approve draft_certificate {SIGNED}",
            _ELSEWHERE,
        ),
        Way(
            "delivered online without a fee",
            "end_delivered",
            Outcome.DELIVERED,
            ONLINE,
            f"{RECEIVED} appraise=approve draft_certificate {SIGNED}",
        ),
        *further("verify_status", "draft_certificate collect_fee", _ELSEWHERE),
        *common("appraise=approve draft_certificate collect_fee"),
        *supplementing(),
    ],
    "1_013225": [*_BUILDING, *common(f"{_PERMITTED} collect_fee", _HEARD)],
    "1_013978": [
        *_LAND,
        *common(
            f"{_SURVEYED} conclude_posting=approve send_tax_information +obligation collect_fee"
        ),
        *supplementing(),
    ],
    "2_000635": [
        Way(
            "delivered free of charge, while that is so",
            "end_delivered",
            Outcome.DELIVERED,
            ONLINE,
            f"{RECEIVED} appraise=approve draft_extract {SIGNED}",
            {"vneid": True},
            "2026-08-17T08:00",
        ),
        Way(
            "delivered with a fee, after supplements and a return",
            "end_delivered",
            Outcome.DELIVERED,
            POSTAL,
            f"check_papers=supplement +supplement {RECEIVED} {COMPLETED} appraise=approve"
            f" draft_extract collect_fee sign=return appraise=approve draft_extract {SIGNED}",
        ),
        *further("search_register", "draft_extract collect_fee", {}, "search"),
        *common("appraise=approve draft_extract collect_fee"),
        *supplementing(),
    ],
    "2_000815": [*_COPIES, *common(_COMPARED, "check_papers=accept")],
    "2_000986": [
        Way(
            "delivered at once, as the police answers by machine and the insurance by letter",
            "end_delivered",
            Outcome.DELIVERED,
            DIRECT,
            f"{RECEIVED} {COMPLETED} appraise=approve enter_register sign=return appraise=approve"
            " enter_register sign=approve +connections seal ~insurance_no_answer"
            " ?ask_residence enter_insurance deliver",
            {"remote_area": True},
            answers={"ask_residence": {"result_number": "1182/TB-CAX"}},
        ),
        Way(
            "delivered at once, as the insurance answers by machine and the police by letter",
            "end_delivered",
            Outcome.DELIVERED,
            ONLINE,
            f"{_REGISTERED} ?ask_insurance ~residence_no_answer enter_residence deliver",
            answers={"ask_insurance": {"card_number": "TE1424226007788"}},
        ),
        Way(
            "delivered at once, as both refuse by machine and people settle it by letter",
            "end_delivered",
            Outcome.DELIVERED,
            DIRECT,
            f"{_REGISTERED} ?ask_insurance=refused ?ask_residence=refused enter_insurance"
            " enter_residence deliver",
        ),
        *common("appraise=approve enter_register"),
        *supplementing(),
    ],
    "2_000884": [
        *_SIGNATURES,
        *common(_WITNESSED, "check_papers=accept"),
        *supplementing("check_papers=accept"),
    ],
}
"""Ways by the folder of the procedure."""
A_FEW = ("1_001193", "1_001612", "1_013978")
"""Procedures for tests of other things: together they come to everything once."""
