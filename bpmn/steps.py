"""The places of a diagram where a token can rest, and what the diagram says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bpmn.roles import Role
from bpmn.time_limit import TimeLimit


class Stage(StrEnum):
    """Part of a dossier's life that a step belongs to."""

    RECEIPT = "receipt"
    DIGITISATION = "digitisation"
    PROCESSING = "processing"
    SIGNING = "signing"
    PAYMENT = "payment"
    DELIVERY = "delivery"


STAGE_NAMES = {
    Stage.RECEIPT: "Tiếp nhận",
    Stage.DIGITISATION: "Số hóa",
    Stage.PROCESSING: "Thẩm định, giải quyết",
    Stage.SIGNING: "Ký duyệt",
    Stage.PAYMENT: "Thu phí, lệ phí",
    Stage.DELIVERY: "Trả kết quả",
}


class Outcome(StrEnum):
    """How a dossier's life ended; every end event of a procedure names one."""

    DELIVERED = "delivered"
    REFUSED_INTAKE = "refused_intake"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"


class Message(StrEnum):
    """News from outside that a diagram may wait for."""

    SUPPLEMENT_RECEIVED = "supplement_received"
    OBLIGATION_FULFILLED = "obligation_fulfilled"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"
    DISCONTINUATION_DECIDED = "discontinuation_decided"


class Paper(StrEnum):
    """A paper that a procedure draws up, signs and seals."""

    RESULT = "result"
    REFUSAL = "refusal"


class PauseCode(StrEnum):
    """Why a dossier may rest; what each does to the clock is the engine's to say."""

    SUPPLEMENT = "bo_sung_ho_so"
    FINANCIAL_OBLIGATION = "nghia_vu_tai_chinh"
    OPINION_REQUEST = "lay_y_kien_phoi_hop"
    SITE_INSPECTION = "kiem_tra_thuc_te_do_dac"
    PUBLIC_POSTING = "niem_yet_cong_khai"
    CITIZEN_CONFIRMATION = "cho_cong_dan_xac_nhan"
    SYSTEM_FAULT = "loi_he_thong"
    CITIZEN_REQUEST = "yeu_cau_cua_cong_dan"
    OTHER = "khac"


INTERRUPTIONS = frozenset({Message.WITHDRAWAL_REQUESTED, Message.DISCONTINUATION_DECIDED})
"""Messages that start an event subprocess and take the token from everywhere else."""


@dataclass(frozen=True)
class Step:
    """A user task: someone in `role` fills in `form` within `limit` of working time.

    It `drafts` papers, or a leader `signs` one, or a clerk numbers and `seals` one; one that
    `digitises` is done when everything handed in on paper is there as a file.
    """

    id: str
    name: str
    role: Role
    stage: Stage
    limit: TimeLimit
    form: str
    four_eyes: tuple[str, ...] = ()
    unit: str | None = None
    batchable: bool = False
    returns_to: str | None = None
    pauses: PauseCode | None = None
    drafts: tuple[Paper, ...] = ()
    signs: Paper | None = None
    seals: Paper | None = None
    digitises: bool = False


class Mode(StrEnum):
    """Whether a service task waits for an answer, or sends and goes on."""

    ASK = "ask"
    TELL = "tell"


ANSWERED = frozenset({"outcome", "reason"})
"""What every answer says beside its fields: `done` or `refused`, and why it was refused."""


@dataclass(frozen=True)
class Service:
    """A service task: `operation` is asked of a `connector` to other software, or told to it.

    `sends` are expressions over the facts, by the name under which each leaves the house;
    `answer` is the form that an answer must fit, `limit` that of the timer drawn on the edge.
    """

    id: str
    name: str
    connector: str
    operation: str
    mode: Mode
    sends: Mapping[str, str]
    answer: str | None = None
    limit: TimeLimit | None = None


@dataclass(frozen=True)
class Wait:
    """What the diagram waits for: a message from outside, the lapse of a time limit, or the
    answer that a service `asks` other software for.

    A boundary wait stands beside the step it is attached to and does not hold the dossier alone.
    """

    id: str
    name: str
    message: Message | None = None
    timer: TimeLimit | None = None
    pauses: PauseCode | None = None
    boundary: bool = False
    asks: Service | None = None


@dataclass(frozen=True)
class Places:
    """Everything a token of one procedure can rest at, by step id, and what it sends on its way.

    Services that ask are among the waits, too.
    """

    steps: Mapping[str, Step]
    waits: Mapping[str, Wait]
    services: Mapping[str, Service]
    outcomes: Mapping[str, Outcome]
    interruptions: Mapping[Message, str]
