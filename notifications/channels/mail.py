"""Mail: how a message looks as one, and what carries it to the mail server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Self

from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.errors.messages import EmailInvalid
from engine.letters.letter import one_line
from engine.model.channel import Channel
from engine.model.email import read_email
from engine.settings import Settings, SettingsError
from engine.store.sending import Claimed
from notifications.channels.carrier import Refused, public_id
from notifications.channels.smtp import Connection, Server

_END = "-- \nThư tự động của hệ thống Một Cửa. Xin không trả lời thư này.\n"


@dataclass(frozen=True)
class Letterhead:
    """Who writes, and where one reads on (`base_url`, without it letters have no link)."""

    sender: Address
    base_url: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the settings say; raises `SettingsError`."""
        name, address = parseaddr(settings.mail_from)
        try:
            sender = Address(one_line(name), addr_spec=read_email(address))
        except EmailInvalid as error:
            raise SettingsError(
                "MOTCUA_MAIL_FROM phải là một địa chỉ thư, ví dụ"
                " «Một cửa xã Mai Lâm <motcua@mailam.gov.vn>»."
            ) from error
        return cls(sender, settings.base_url.rstrip("/"))


@dataclass(frozen=True)
class MailCarrier:
    """Hands mails to the server of the settings."""

    server: Server
    head: Letterhead
    channel: Channel = Channel.MAIL

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say, None without a mail server; raises `SettingsError`."""
        if not settings.smtp_url:
            return None
        return cls(Server.from_url(settings.smtp_url), Letterhead.of(settings))

    @contextmanager
    def session(self) -> Iterator["MailSession"]:
        """A connection to be."""
        with Connection(self.server, self.head.sender.domain) as connection:
            yield MailSession(connection, self.head)


class MailSession:
    """Writes mails and sends them over one connection."""

    def __init__(self, connection: Connection, head: Letterhead) -> None:
        self._connection = connection
        self._head = head

    def send(self, message: Claimed, now: datetime) -> None:
        """Send one; raises `Refused`, `Postponed` or `Unreachable`."""
        try:
            written = mail(message, self._head, now).as_bytes()
        except (EngineError, ValueError) as error:
            raise Refused(f"Không soạn được thư: {error}") from error
        self._connection.send(self._head.sender.addr_spec, message.address, written)


def mail(message: Claimed, head: Letterhead, now: datetime) -> EmailMessage:
    """The mail as it is sent; a repeat of it has the same Message-ID."""
    written = EmailMessage(policy=SMTP)
    written["Date"] = format_datetime(local(now))
    written["Message-ID"] = message_id(message.key, head)
    written["From"] = head.sender
    written["To"] = Address(one_line(message.name), addr_spec=read_email(message.address))
    written["Subject"] = one_line(message.letter.subject)
    written["Auto-Submitted"] = "auto-generated"
    written["Content-Language"] = "vi"
    written.set_content(_text(message, head), charset="utf-8", cte="quoted-printable")
    return written


def message_id(key: str, head: Letterhead) -> str:
    """That of the mail that a message becomes."""
    return f"<{public_id(key)}@{head.sender.domain}>"


def _text(message: Claimed, head: Letterhead) -> str:
    link = f"Xem tại: {head.base_url}{message.letter.path}\n\n" if head.base_url else ""
    return f"{message.letter.body}\n{link}{_END}"
