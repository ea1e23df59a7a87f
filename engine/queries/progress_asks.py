"""What is asked of the citizen: papers, money, a confirmation, or to come for the result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bpmn.steps import PauseCode
from engine.life.delivery import Way, wished
from engine.life.dues import OTHERS, OWN, open_of
from engine.model.dossier import Dossier, Pause
from engine.model.obligation import Obligation
from engine.model.status import Status
from engine.queries.fees import outstanding

# Ids of steps, decisions and fields of the shared stages (`bpmn/shared/`), where what is written
# for the citizen stands. A procedure that does not use them has nothing to show here.
_INTAKE, _REQUEST = "check_papers", "send_supplement_request"


class AskKind(StrEnum):
    """What sort of thing the citizen is to do."""

    SUPPLEMENT = "supplement"
    OBLIGATION = "obligation"
    CONFIRMATION = "confirmation"
    FEE = "fee"
    COLLECTION = "collection"


ASK_NAMES = {
    AskKind.SUPPLEMENT: "Nộp bổ sung giấy tờ",
    AskKind.OBLIGATION: "Nộp tiền theo thông báo nghĩa vụ tài chính đã gửi bạn",
    AskKind.CONFIRMATION: "Xác nhận thông tin mà cơ quan giải quyết đã gửi bạn",
    AskKind.FEE: "Nộp phí, lệ phí tại quầy: tiền mặt, chuyển khoản hoặc quét mã QR",
    AskKind.COLLECTION: "Nhận kết quả",
}

_BY_PAUSE: Mapping[str, AskKind] = {
    PauseCode.SUPPLEMENT: AskKind.SUPPLEMENT,
    PauseCode.FINANCIAL_OBLIGATION: AskKind.OBLIGATION,
    PauseCode.CITIZEN_CONFIRMATION: AskKind.CONFIRMATION,
}


WAY_NAMES = {
    Way.COUNTER: "Nhận tại Bộ phận Một cửa; mang theo giấy hẹn và giấy tờ tùy thân",
    Way.POSTAL: "Nhận qua bưu chính công ích; bưu tá sẽ liên hệ",
    Way.ELECTRONIC: "Nhận bản điện tử tại Cổng Dịch vụ công",
}


@dataclass(frozen=True)
class Ask:
    """One thing to do, until when (None: no date is set), and what the office wrote about it.

    `amount` is in đồng, for the obligation of that number. `contact` and `phone` are of the
    official named in the request.
    """

    kind: AskKind
    name: str
    text: str | None = None
    until: datetime | None = None
    amount: int | None = None
    contact: str | None = None
    phone: str | None = None
    obligation: int | None = None


def asks(dossier: Dossier) -> list[Ask]:
    """What the citizen is to do now; nothing once the dossier has ended."""
    return [] if dossier.outcome is not None else list(_asks(dossier))


def _asks(dossier: Dossier) -> Iterator[Ask]:
    for pause in dossier.pauses:
        kind = _BY_PAUSE.get(pause.reason)
        if kind is AskKind.SUPPLEMENT:
            yield _supplement(dossier, pause)
        elif kind is AskKind.OBLIGATION and any(open_of(dossier, OTHERS)):
            continue
        elif kind:
            yield Ask(kind, ASK_NAMES[kind], until=pause.until)
    yield from (_to_pay(each, AskKind.OBLIGATION) for each in outstanding(dossier, OTHERS))
    yield from (_to_pay(each, AskKind.FEE) for each in outstanding(dossier, OWN))
    if dossier.status is Status.PROCESSED:
        way = wished(dossier)
        text = WAY_NAMES[way] if way else None
        yield Ask(AskKind.COLLECTION, ASK_NAMES[AskKind.COLLECTION], text)


def _to_pay(due: Obligation, kind: AskKind) -> Ask:
    """What is to be paid, until when, and why."""
    lines = "; ".join(item.name for item in due.items)
    notice = due.notice
    of = f"Thông báo số {notice.number} của {notice.issuer}: " if notice else ""
    return Ask(
        kind,
        ASK_NAMES[kind],
        text=f"{of}{lines}. Căn cứ: {due.ground}",
        until=due.due_at,
        amount=due.outstanding,
        obligation=due.number,
    )


def _supplement(dossier: Dossier, pause: Pause) -> Ask:
    at_intake = dossier.received_at is None
    said = _said(dossier, _INTAKE if at_intake else _REQUEST)
    return Ask(
        AskKind.SUPPLEMENT,
        ASK_NAMES[AskKind.SUPPLEMENT],
        text=_text(said.get("supplement_items" if at_intake else "items")),
        until=pause.until,
        contact=_text(said.get("contact_officer")),
        phone=_text(said.get("contact_phone")),
    )


def _said(dossier: Dossier, step: str) -> Mapping[str, Any]:
    said = dossier.facts.get(step)
    return said if isinstance(said, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
