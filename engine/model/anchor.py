"""Anchors: what all logs of the house came to at one moment, in one short statement.

The statement is what is sealed and time-stamped. It names the root of a Merkle tree over the logs
that changed since the anchor before, the statement before, and the seals given since then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

FORMAT = "motcua-anchor-1"
NONE_BEFORE = "0" * 64
"""Stands before the statement of the first anchor."""

UNDER_WAY = timedelta(minutes=15)
"""An event that is older than an anchor by more than this was in the log when it was taken."""


class ChainKind(StrEnum):
    """Whose log it is: a dossier's, named by its code; or that of administration, or of petitions,
    which have no name."""

    DOSSIER = "dossier"
    OFFICE = "office"
    PETITIONS = "petitions"


_CALLED = {
    ChainKind.OFFICE: "Sổ thay đổi quản trị",
    ChainKind.PETITIONS: "Sổ phản ánh, kiến nghị",
}


class SealKind(StrEnum):
    """SIGNATURE: the agency's seal on a statement (CMS, detached). STAMP: the time-stamp of an
    authority on that signature (RFC 3161)."""

    SIGNATURE = "signature"
    STAMP = "stamp"


@dataclass(frozen=True)
class Head:
    """How long a log is, and the hash of its last entry."""

    kind: ChainKind
    name: str
    length: int
    head: str

    @property
    def called(self) -> str:
        """The log, in words."""
        return _CALLED.get(self.kind, f"Hồ sơ {self.name}")

    @property
    def leaf(self) -> bytes:
        """What the tree has of it: canonical JSON."""
        return as_text({**vars(self), "kind": self.kind.value}).encode()


@dataclass(frozen=True)
class Seal:
    """A signature or a time-stamp of an anchor, as the next statement names it."""

    anchor: int
    kind: SealKind
    digest: str


@dataclass(frozen=True)
class Statement:
    """What an anchor says. `whole`: no log had changed that is in neither it nor one before."""

    number: int
    taken_at: datetime
    agency: str
    leaves: int
    root: str
    previous: str
    whole: bool
    seals: tuple[Seal, ...] = ()

    @property
    def text(self) -> str:
        """What is signed: canonical JSON."""
        seals = [{**vars(each), "kind": each.kind.value} for each in self.seals]
        at = self.taken_at.isoformat()
        return as_text({**vars(self), "format": FORMAT, "taken_at": at, "seals": seals})


@dataclass(frozen=True)
class Anchor:
    """An anchor as it is kept: the statement as text, and its seals by kind."""

    number: int
    statement: str
    seals: Mapping[SealKind, bytes] = field(default_factory=dict, repr=False)

    @property
    def digest(self) -> str:
        """What stands for the statement."""
        return sha256(self.statement.encode()).hexdigest()

    @property
    def short(self) -> str:
        """Half of the digest, as it can be posted on a wall: eight groups of four."""
        return " ".join(self.digest[start : start + 4].upper() for start in range(0, 32, 4))

    @property
    def said(self) -> Statement:
        """The statement; raises `ValueError`, `KeyError` or `TypeError` where it is none."""
        return read_statement(self.statement)


def read_statement(text: str) -> Statement:
    """A statement out of its text; raises `ValueError`, `KeyError` or `TypeError`."""
    raw = json.loads(text)
    if raw.pop("format") != FORMAT:
        raise ValueError("not an anchor")
    seals = tuple(Seal(e["anchor"], SealKind(e["kind"]), e["digest"]) for e in raw.pop("seals"))
    return Statement(**raw | {"taken_at": datetime.fromisoformat(raw["taken_at"]), "seals": seals})


def as_text(value: Mapping[str, Any]) -> str:
    """Canonical JSON (RFC 8785) of what has neither fractions nor names beyond ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
