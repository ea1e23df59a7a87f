"""Petitions (phản ánh, kiến nghị; Decree 20/2008): what people tell an agency of how it serves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.deadlines.clock import Clock
from engine.model.alert import Level

CITIZEN = "citizen"
"""Actor of what someone without an account did."""


class PetitionKind(StrEnum):
    """What it is about: how an official behaved, how a dossier is dealt with, what a procedure or
    regulation asks for; or a proposal, or praise."""

    CONDUCT = "conduct"
    PROCESSING = "processing"
    REGULATION = "regulation"
    PROPOSAL = "proposal"
    PRAISE = "praise"


class PetitionSource(StrEnum):
    """How it came: the public page, the page of a dossier that was looked up, the hotline, or the
    national portal of petitions (pakn.dichvucong.gov.vn)."""

    PUBLIC = "public"
    TRACKING = "tracking"
    HOTLINE = "hotline"
    PORTAL = "portal"


class PetitionState(StrEnum):
    """How far it has come. FORWARDED went to an agency that does not work with this software;
    one forwarded to another agency of the house is RECEIVED there. WITHHELD is answered, and not
    to be published."""

    RECEIVED = "received"
    SUPPLEMENT_ASKED = "supplement_asked"
    PROCESSING = "processing"
    REFUSED = "refused"
    ANSWERED = "answered"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    FORWARDED = "forwarded"


OPEN_STATES = frozenset(
    {PetitionState.RECEIVED, PetitionState.SUPPLEMENT_ASKED, PetitionState.PROCESSING}
)
"""Somebody still waits for what becomes of it."""


class PetitionEventType(StrEnum):
    """Names of events: subject, past participle."""

    PETITION_RECEIVED = "PETITION_RECEIVED"
    PETITION_REFUSED = "PETITION_REFUSED"
    PETITION_SUPPLEMENT_ASKED = "PETITION_SUPPLEMENT_ASKED"
    PETITION_SUPPLIED = "PETITION_SUPPLIED"
    PETITION_ACCEPTED = "PETITION_ACCEPTED"
    PETITION_LINKED = "PETITION_LINKED"
    PETITION_FORWARDED = "PETITION_FORWARDED"
    PETITION_ANSWERED = "PETITION_ANSWERED"
    PETITION_PUBLISHED = "PETITION_PUBLISHED"
    PETITION_WITHHELD = "PETITION_WITHHELD"
    PETITION_ALERTED = "PETITION_ALERTED"
    PETITION_RATED = "PETITION_RATED"


@dataclass(frozen=True)
class PetitionEvent:
    """One fact. `data` may be kept for ever; `payload` is what people said or are, and may lawfully
    be erased. `actor` is a user's id as text, `CITIZEN`, or `engine.model.event.SYSTEM`."""

    type: PetitionEventType
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Petition:
    """Where a petition stands, as its events say.

    `here_since` is when its agency got it, `clock` counts the time for the answer; `step_due_at`
    is when the next thing is to have happened (None when nobody of the office has to do anything).
    `officer` is the account of the official complained of, `handler` that of whoever deals with
    it. `missed` names the time limits that were not kept. `watched` is the next moment at which it
    turns worse, `level` how bad it is now and `rung` (`engine.model.alert.Rung`) who was told.
    """

    code: str
    kind: PetitionKind
    source: PetitionSource
    agency: str
    field: str | None
    dossier: str | None
    officer: int | None
    anonymous: bool
    external: str | None
    received_at: datetime
    here_since: datetime
    state: PetitionState
    clock: Clock
    step_due_at: datetime | None
    handler: int | None = None
    asked: int = 0
    answered_at: datetime | None = None
    published_at: datetime | None = None
    ended_at: datetime | None = None
    missed: tuple[str, ...] = ()
    stars: int | None = None
    rated_at: datetime | None = None
    watched: datetime | None = None
    level: Level | None = None
    rung: int = 0
    alerted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for what becomes of it."""
        return self.state in OPEN_STATES

    @property
    def on_time(self) -> bool | None:
        """Whether all limits up to the answer or the refusal were kept; None before that, and of
        one that left the house."""
        if self.is_open or self.state is PetitionState.FORWARDED:
            return None
        return not {"refuse", "ask", "answer"}.intersection(self.missed)


PETITION_KIND_NAMES = {
    PetitionKind.CONDUCT: "Thái độ, hành vi của cán bộ",
    PetitionKind.PROCESSING: "Việc giải quyết hồ sơ",
    PetitionKind.REGULATION: "Thủ tục, quy định hành chính",
    PetitionKind.PROPOSAL: "Đề xuất, sáng kiến",
    PetitionKind.PRAISE: "Khen ngợi",
}
PETITION_SOURCE_NAMES = {
    PetitionSource.PUBLIC: "Trang gửi phản ánh",
    PetitionSource.TRACKING: "Trang tra cứu hồ sơ",
    PetitionSource.HOTLINE: "Đường dây nóng",
    PetitionSource.PORTAL: "Cổng tiếp nhận PAKN quốc gia",
}
PETITION_STATE_NAMES = {
    PetitionState.RECEIVED: "Mới tiếp nhận",
    PetitionState.SUPPLEMENT_ASKED: "Chờ người gửi bổ sung",
    PetitionState.PROCESSING: "Đang xử lý",
    PetitionState.REFUSED: "Không tiếp nhận xử lý",
    PetitionState.ANSWERED: "Đã trả lời",
    PetitionState.PUBLISHED: "Đã công khai",
    PetitionState.WITHHELD: "Đã trả lời, không công khai",
    PetitionState.FORWARDED: "Đã chuyển cơ quan khác",
}
PETITION_EVENT_NAMES = {
    PetitionEventType.PETITION_RECEIVED: "Tiếp nhận",
    PetitionEventType.PETITION_REFUSED: "Không tiếp nhận xử lý",
    PetitionEventType.PETITION_SUPPLEMENT_ASKED: "Yêu cầu bổ sung thông tin",
    PetitionEventType.PETITION_SUPPLIED: "Người gửi đã bổ sung",
    PetitionEventType.PETITION_ACCEPTED: "Giao người xử lý",
    PetitionEventType.PETITION_LINKED: "Ghi hồ sơ, cán bộ liên quan",
    PetitionEventType.PETITION_FORWARDED: "Chuyển cơ quan có thẩm quyền",
    PetitionEventType.PETITION_ANSWERED: "Trả lời",
    PetitionEventType.PETITION_PUBLISHED: "Công khai",
    PetitionEventType.PETITION_WITHHELD: "Quyết định không công khai",
    PetitionEventType.PETITION_ALERTED: "Cảnh báo thời hạn",
    PetitionEventType.PETITION_RATED: "Người gửi đánh giá",
}
"""As officials call them."""
