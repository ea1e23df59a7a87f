"""Mails that came back: what mail servers could not deliver, as they report it (RFC 3464).

Reports lie in the mailbox of the sender. One counts when it names the Message-ID of a notice and
the address to which it went; Message-IDs cannot be guessed, so forged reports do no harm. Those
that count are taken out of the mailbox; everything else stays in it, as read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

import structlog

from engine.commands.contacts import BOUNCED, Undelivered, note_undelivered
from engine.letters.letter import one_line
from engine.model.channel import Channel
from engine.settings import Settings, SettingsError
from engine.store import notices
from engine.store.database import Database
from engine.wallclock import Clock
from notifications.channels.mail import Letterhead, message_id

INTERVAL_SECONDS = 60.0
MOST_BYTES = 2_000_000
"""Larger reports are left alone."""

AT_ONCE = 100
"""So many mails are read before other work has its turn."""

_LONGEST_ANSWER = 300

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Bounce:
    """Of one mail that came back: its Message-ID, to whom it did not get, and what was said."""

    message_id: str
    address: str
    said: str


@dataclass(frozen=True)
class Bounces:
    """Where reports are found, and under whose name the mails went out."""

    folder: Path
    head: Letterhead

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say, None without a mailbox; raises `SettingsError`."""
        if not settings.bounces_url:
            return None
        parts = urlsplit(settings.bounces_url)
        folder = Path(unquote(parts.path))
        if parts.scheme != "maildir" or parts.netloc or not folder.is_absolute():
            raise SettingsError("MOTCUA_BOUNCES_URL phải có dạng maildir:///var/mail/tra-lai")
        if not (folder / "new").is_dir() or not (folder / "cur").is_dir():
            raise SettingsError(f"MOTCUA_BOUNCES_URL: {folder} không phải hộp thư Maildir.")
        if not settings.mail_from:
            raise SettingsError("Có MOTCUA_BOUNCES_URL thì phải có MOTCUA_MAIL_FROM (người gửi).")
        return cls(folder, Letterhead.of(settings))


def read_report(content: bytes) -> list[Bounce]:
    """What a mail reports as undeliverable for good; nothing where it is no such report."""
    report = message_from_bytes(content)
    parts = _parts(report)
    if str(report.get_param("report-type", "")).lower() != "delivery-status" or len(parts) < 2:
        return []
    original = _original_id(parts[2:])
    return [bounce for group in _parts(parts[1]) if (bounce := _failed(group, original))]


def _parts(message: Message) -> list[Message]:
    content = message.get_payload()
    parts = content if isinstance(content, list) else []
    return [part for part in parts if isinstance(part, Message)]


def _failed(group: Message, original: str) -> Bounce | None:
    """What one group of a report says of one recipient; None where nothing is lost for good."""
    recipient = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
    address = parseaddr(recipient.rpartition(";")[2].strip())[1]
    if str(group.get("Action", "")).strip().lower() != "failed" or not (address and original):
        return None
    said = " ".join(str(group.get(name, "")) for name in ("Status", "Diagnostic-Code"))
    return Bounce(original, address, one_line(said)[:_LONGEST_ANSWER])


def _original_id(returned: Iterable[Message]) -> str:
    """The Message-ID of the mail that was given back whole, or by its headers; else nothing."""
    for part in returned:
        if part.get_content_type() == "message/rfc822":
            headers = next(iter(_parts(part)), Message())
        else:
            text = part.get_payload(decode=True)
            headers = message_from_bytes(text if isinstance(text, bytes) else b"")
        if found := str(headers.get("Message-ID", "")).strip():
            return found
    return ""


def take_bounces(
    database: Database, clock: Clock, bounces: Bounces, go_on: Callable[[], bool] = lambda: True
) -> int:
    """Note what came back; returns how many reports counted.

    A report that was noted but not yet taken out is noted again, which changes nothing.
    """
    counted = 0
    for mail in sorted((bounces.folder / "new").iterdir())[:AT_ONCE]:
        if not go_on():
            break
        if _counts(database, clock, bounces, mail):
            mail.unlink()
            counted += 1
        else:
            mail.rename(bounces.folder / "cur" / f"{mail.name}:2,S")
    if counted:
        log.info("mails_bounced", count=counted)
    return counted


def _counts(database: Database, clock: Clock, bounces: Bounces, mail: Path) -> bool:
    if mail.stat().st_size > MOST_BYTES:
        return False
    noted = [_noted(database, clock, bounces, each) for each in read_report(mail.read_bytes())]
    return any(noted)


def _noted(database: Database, clock: Clock, bounces: Bounces, bounce: Bounce) -> bool:
    """Whether a report is about a notice of ours; what it says is then known."""
    with database.transaction() as tx:
        keys = notices.messages_to(tx, bounce.address)
        key = next((k for k in keys if message_id(k, bounces.head) == bounce.message_id), None)
        if key is not None:
            note_undelivered(tx, Undelivered(key, Channel.MAIL, BOUNCED, bounce.said), clock())
    return key is not None
