"""Connectors to other software, as an office has registered them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from engine.model import webhook

LONGEST_NAME = 22
NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}")
"""How connectors and operations are named: fit for diagrams and for the log."""

GRACE = timedelta(days=1)
"""For so long the secret from before counts beside a new one, so that both sides can change."""


class Replies(StrEnum):
    """How answers come: the other side calls us, or we look there."""

    CALLBACK = "callback"
    POLL = "poll"


REPLIES_NAMES = {
    Replies.CALLBACK: "Bên kia gọi lại",
    Replies.POLL: "Hệ thống này tự hỏi lại",
}


@dataclass(frozen=True)
class KeptConnector:
    """Where an agency, and those below it, reach other software.

    `operations` have their titles by name; `generation` counts its secrets, the last of which was
    made at `renewed_at`.
    """

    id: int
    agency: str
    name: str
    title: str
    base_url: str
    operations: Mapping[str, str]
    replies: Replies
    active: bool
    generation: int
    renewed_at: datetime
    revision: int

    def secret(self, secret_key: str) -> str:
        """The secret as both sides write it; made from that of the installation, kept nowhere."""
        return self._secret(secret_key, self.generation)

    def secrets(self, secret_key: str, now: datetime) -> list[str]:
        """Those that count now, the newest first."""
        before = self.generation - 1
        counts = before > 0 and now < self.renewed_at + GRACE
        older = [self._secret(secret_key, before)] if counts else []
        return [self.secret(secret_key), *older]

    def _secret(self, secret_key: str, generation: int) -> str:
        return webhook.make_secret(secret_key, f"connector:{self.id}:{generation}")
