"""How the people of a dossier are reached, and where they turned out not to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Party(StrEnum):
    """Whose contact: who handed the dossier in, or whose it is."""

    SUBMITTER = "submitter"
    OWNER = "owner"


class Means(StrEnum):
    """What people give to be told something: PHONE is for Zalo and SMS."""

    PHONE = "phone"
    MAIL = "mail"


PARTY_NAMES = {Party.SUBMITTER: "Người nộp", Party.OWNER: "Chủ hồ sơ"}
MEANS_NAMES = {Means.PHONE: "số điện thoại", Means.MAIL: "thư điện tử"}


@dataclass(frozen=True)
class Contact:
    """What someone gave; None is what they do not have, or do not wish to be told by."""

    phone: str | None = None
    email: str | None = None

    def address(self, means: Means) -> str | None:
        """Where a means leads to."""
        return self.phone if means is Means.PHONE else self.email


@dataclass(frozen=True)
class Unreached:
    """A contact that failed: the channel that said so, its kind of reason, and since when."""

    party: Party
    means: Means
    channel: str
    why: str
    since: datetime


def unreached_json(each: Unreached) -> dict[str, str]:
    """As it lies in the snapshot of a dossier."""
    return {name: str(value) for name, value in vars(each).items()} | {
        "since": each.since.isoformat()
    }


def unreached(raw: Mapping[str, Any]) -> Unreached:
    """The inverse of `unreached_json`."""
    since = datetime.fromisoformat(raw["since"])
    return Unreached(Party(raw["party"]), Means(raw["means"]), raw["channel"], raw["why"], since)
