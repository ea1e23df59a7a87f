"""Papers of a dossier as files: what they are, and who signed and numbered them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    """What a document is to its dossier."""

    COMPONENT = "component"
    RESULT = "result"
    REFUSAL = "refusal"
    LETTER = "letter"
    EVIDENCE = "evidence"


DOCUMENT_KIND_NAMES = {
    DocumentKind.COMPONENT: "Thành phần hồ sơ",
    DocumentKind.RESULT: "Kết quả giải quyết",
    DocumentKind.REFUSAL: "Văn bản từ chối",
    DocumentKind.LETTER: "Phiếu, thông báo",
    DocumentKind.EVIDENCE: "Căn cứ",
}

ISSUED = frozenset({DocumentKind.RESULT, DocumentKind.REFUSAL})
"""Kinds that are drafted, signed by the leader, numbered, and sealed by the agency."""


class Origin(StrEnum):
    """Where a document's file comes from.

    SCANNED: digitised by an officer. UPLOADED: handed in as a file. DRAWN_UP: made by the
    product. VAULT: taken from what the office keeps for its owner.
    """

    SCANNED = "scanned"
    UPLOADED = "uploaded"
    DRAWN_UP = "drawn_up"
    VAULT = "vault"


class Capacity(StrEnum):
    """In which capacity someone signs (NĐ 30/2020, Art 5 and 32)."""

    RECEPTION = "reception"
    LEADER = "leader"
    AGENCY = "agency"


CAPACITY_NAMES = {
    Capacity.RECEPTION: "Cán bộ tiếp nhận (số hóa)",
    Capacity.LEADER: "Người có thẩm quyền",
    Capacity.AGENCY: "Dấu của cơ quan",
}


@dataclass(frozen=True)
class FileFacts:
    """A file of the store: SHA-256 in hex, bytes, pages (0 where it has none), media type."""

    digest: str
    size: int
    pages: int
    media_type: str


@dataclass(frozen=True)
class Signature:
    """Who signed, in which capacity, with which certificate (SHA-256 of its DER, in hex).

    `file` is the digest of the file that the signature made.
    """

    capacity: Capacity
    by: int
    at: datetime
    certificate: str
    file: str


@dataclass(frozen=True)
class Registered:
    """How a document stands in a book of the registry: number, symbol and day of issue."""

    book: str
    year: int
    number: int
    symbol: str
    issued_on: date

    @property
    def in_words(self) -> str:
        """Number and symbol as they are written: `12/GKS`."""
        return f"{self.number:02d}/{self.symbol}"


@dataclass(frozen=True)
class Withdrawal:
    """When a document that had been given out was taken back, by whom; `superseded_by` names the
    dossier and document that replace it."""

    at: datetime
    by: str
    superseded_by: str | None = None


@dataclass(frozen=True)
class Document:
    """One document of a dossier; `number` counts within the dossier and is never used again.

    `component` is the code of the component that it is, `source` where a file of the vault was
    taken from.
    """

    number: int
    kind: DocumentKind
    file: FileFacts
    origin: Origin
    added_by: str
    added_at: datetime
    component: str | None = None
    signatures: tuple[Signature, ...] = ()
    registered: Registered | None = None
    source: Mapping[str, Any] | None = None
    withdrawal: Withdrawal | None = None

    def signed_as(self, capacity: Capacity) -> Signature | None:
        """The signature in a capacity, if there is one."""
        return next((each for each in self.signatures if each.capacity is capacity), None)

    def carrying(self, digest: str, size: int) -> "Document":
        """The document with a file that goes on from its own: signed, or numbered."""
        return replace(self, file=replace(self.file, digest=digest, size=size))


def to_json(document: Document) -> dict[str, Any]:
    """The inverse of `from_json`."""
    raw = asdict(document)
    raw["added_at"] = document.added_at.isoformat()
    raw["signatures"] = [{**s, "at": s["at"].isoformat()} for s in raw["signatures"]]
    if document.registered:
        raw["registered"]["issued_on"] = document.registered.issued_on.isoformat()
    if document.withdrawal:
        raw["withdrawal"]["at"] = document.withdrawal.at.isoformat()
    return raw


def from_json(raw: Mapping[str, Any]) -> Document:
    """The document that `to_json` described."""
    registered, withdrawal = raw["registered"], raw.get("withdrawal")
    return Document(
        **{
            **raw,
            "kind": DocumentKind(raw["kind"]),
            "origin": Origin(raw["origin"]),
            "file": FileFacts(**raw["file"]),
            "added_at": datetime.fromisoformat(raw["added_at"]),
            "signatures": tuple(_signature(each) for each in raw["signatures"]),
            "registered": registered and _registered(registered),
            "withdrawal": withdrawal and _withdrawal(withdrawal),
        }
    )


def _signature(raw: Mapping[str, Any]) -> Signature:
    at = datetime.fromisoformat(raw["at"])
    return Signature(**{**raw, "capacity": Capacity(raw["capacity"]), "at": at})


def _withdrawal(raw: Mapping[str, Any]) -> Withdrawal:
    return Withdrawal(**{**raw, "at": datetime.fromisoformat(raw["at"])})


def _registered(raw: Mapping[str, Any]) -> Registered:
    return Registered(**{**raw, "issued_on": date.fromisoformat(raw["issued_on"])})
