"""What verification finds wrong, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Which part of the proof fails.

    CHAIN: the log was altered. EXECUTION: its acts cannot be done again, or give something else.
    STORED: the log holds, but what is stored beside it does not follow from it. FILES: a file
    that the log names is gone from the store, or was altered. SIGNATURES: a signature that the log
    records is not in its file, or does not hold. ANCHORS: the log is not what an anchor has of it.
    """

    CHAIN = "chain"
    EXECUTION = "execution"
    STORED = "stored"
    FILES = "files"
    SIGNATURES = "signatures"
    ANCHORS = "anchors"


@dataclass(frozen=True)
class Broken:
    """Where a dossier's record does not hold: the first event concerned, and why."""

    dossier: str
    seq: int
    reason: str


@dataclass(frozen=True)
class Finding:
    """Something wrong: the first event concerned, and why."""

    part: Part
    seq: int
    reason: str
