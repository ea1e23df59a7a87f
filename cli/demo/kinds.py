"""What the example office knows of its twelve procedures: how often they come, how they go, why
they are late."""

from collections.abc import Mapping
from dataclasses import dataclass

BIRTH, BUSINESS, LAND = "1.001193", "1.001612", "1.013978"
DEATH, MARRIAGE, STATUS, EXTRACT = "1.000656", "1.000894", "1.004873", "2.000635"
COPIES, SIGNATURES = "2.000815", "2.000884"
FUNERAL, BUILDING, JOINT = "1.001731", "1.013225", "2.000986"

POSTING = "public_posting"
SYSTEM_FAULT = "loi_he_thong"

_BEGIN = ("check_papers", "digitise", "appraise")
_END = ("sign", "seal", "deliver")
_SIMPLE = {"cham_xu_ly": 40, SYSTEM_FAULT: 40, "vu_viec_phuc_tap": 10, "cong_dan": 10}
_ASKED = {"co_quan_phoi_hop": 45, "cham_xu_ly": 30, SYSTEM_FAULT: 15, "cong_dan": 10}
_CIVIL_STATUS = "Hệ thống thông tin đăng ký, quản lý hộ tịch dùng chung"
_CERTIFYING = "Phần mềm chứng thực của tỉnh"


@dataclass(frozen=True)
class Kind:
    """One procedure: of 100 dossiers `weight` are of it, which pass the places of `line` when
    nothing comes between. Finished ones began `shortest` working hours ago at least; steps take
    `pace` times what they may. `system` may fail, `causes` are why it is late, by weight."""

    weight: int
    line: tuple[str, ...]
    shortest: float
    pace: tuple[float, float]
    system: str
    causes: Mapping[str, int]


def _in_the_day(weight: int, *draft: str) -> Kind:
    line = (*_BEGIN, *draft, *_END)
    return Kind(weight, line, 12.0, (0.05, 0.35), _CIVIL_STATUS, _SIMPLE)


def _certified(weight: int, draft: str) -> Kind:
    line = ("check_papers", "appraise", draft, "collect_fee", *_END)
    return Kind(weight, line, 12.0, (0.05, 0.35), _CERTIFYING, _SIMPLE)


KINDS: Mapping[str, Kind] = {
    BIRTH: _in_the_day(14, "enter_register"),
    DEATH: _in_the_day(6, "enter_register"),
    MARRIAGE: _in_the_day(5, "sign_register"),
    EXTRACT: _in_the_day(11, "draft_extract", "collect_fee"),
    COPIES: _certified(20, "write_certification"),
    SIGNATURES: _certified(8, "witness_signature"),
    STATUS: Kind(
        7, (*_BEGIN, "draft_certificate", "collect_fee", *_END), 36.0, (0.1, 0.65),
        _CIVIL_STATUS, _ASKED,
    ),
    BUSINESS: Kind(
        11, (*_BEGIN, "draft_certificate", "collect_fee", *_END), 36.0, (0.1, 0.65),
        "Hệ thống thông tin về đăng ký hộ kinh doanh",
        {"cham_xu_ly": 45, "co_quan_phoi_hop": 25, SYSTEM_FAULT: 15, "cong_dan": 15},
    ),
    FUNERAL: Kind(
        3, (*_BEGIN, "draft_decision", "sign", "seal", "order_payment", "deliver"), 36.0,
        (0.1, 0.65), "Hệ thống thông tin của Cục Bảo trợ xã hội", _ASKED,
    ),
    BUILDING: Kind(
        5,
        ("check_papers", "digitise", "review", "inspect_site", "opinion_planning",
         "opinion_fire", "appraise", "draft_permit", "collect_fee", *_END),
        300.0, (0.1, 0.5), "Cơ sở dữ liệu về hoạt động xây dựng", _ASKED,
    ),
    LAND: Kind(
        8,
        (*_BEGIN, "survey", "confirm_status", POSTING, "conclude_posting", "send_tax_information",
         "await_obligation", "collect_fee", *_END),
        300.0, (0.15, 0.7), "Cơ sở dữ liệu đất đai của tỉnh",
        {"vu_viec_phuc_tap": 35, "co_quan_phoi_hop": 30, "cham_xu_ly": 25, "bat_kha_khang": 10},
    ),
    JOINT: Kind(
        2,
        (*_BEGIN, "enter_register", "sign", "seal", "enter_residence", "enter_insurance",
         "deliver"),
        300.0, (0.15, 0.6), _CIVIL_STATUS, _ASKED,
    ),
}  # fmt: skip
"""By code."""

ANY = tuple(KINDS)
AT_THE_COUNTER = (COPIES, SIGNATURES)
"""Certification: the original is shown, nobody hands it in from afar, nothing is digitised."""
HANDED_IN = tuple(code for code in KINDS if code not in AT_THE_COUNTER)
