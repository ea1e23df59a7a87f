"""That someone looked at a dossier, and at what of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Looked(StrEnum):
    """What of a dossier someone looked at.

    DOSSIER: its standing with the applicant's details. TASK: a task with its form. DOCUMENT: a
    file of it. HISTORY: the event log with what people said. TIME: due date, pauses, who held it
    how long. REPLAY: its life step by step. VERIFICATION: the proof of its record. ACCESSES: who
    else looked at it. EVIDENCE: all of it, in one file that proves it.
    """

    DOSSIER = "dossier"
    TASK = "task"
    DOCUMENT = "document"
    HISTORY = "history"
    TIME = "time"
    REPLAY = "replay"
    VERIFICATION = "verification"
    ACCESSES = "accesses"
    VAULT = "vault"
    EVIDENCE = "evidence"


LOOKED_NAMES = {
    Looked.DOSSIER: "Hồ sơ",
    Looked.TASK: "Việc và biểu mẫu",
    Looked.DOCUMENT: "Tài liệu",
    Looked.HISTORY: "Lịch sử",
    Looked.TIME: "Thời hạn, tạm dừng",
    Looked.REPLAY: "Diễn biến",
    Looked.VERIFICATION: "Kiểm chứng",
    Looked.ACCESSES: "Sổ xem hồ sơ",
    Looked.VAULT: "Kho giấy tờ",
    Looked.EVIDENCE: "Gói chứng cứ",
}


@dataclass(frozen=True)
class Reading:
    """Someone (`user`) looked at something of the dossier `code`."""

    code: str
    user: int
    looked: Looked
    at: datetime
