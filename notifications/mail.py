"""How a message looks as a mail: its headers, the link, and the last lines."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Self

from engine.deadlines.calendar import local
from engine.errors.messages import EmailInvalid
from engine.letters.letter import one_line
from engine.model.email import read_email
from engine.settings import Settings, SettingsError
from engine.store.messages import Claimed

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


def mail(message: Claimed, head: Letterhead, now: datetime) -> EmailMessage:
    """The mail as it is sent; a repeat of it has the same Message-ID."""
    written = EmailMessage(policy=SMTP)
    written["Date"] = format_datetime(local(now))
    written["Message-ID"] = message_id(message.key, head)
    written["From"] = head.sender
    written["To"] = Address(one_line(message.full_name), addr_spec=read_email(message.address))
    written["Subject"] = one_line(message.letter.subject)
    written["Auto-Submitted"] = "auto-generated"
    written["Content-Language"] = "vi"
    written.set_content(_text(message, head), charset="utf-8", cte="quoted-printable")
    return written


def message_id(key: str, head: Letterhead) -> str:
    """The same for the same message; it tells nothing of what the key is made of."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{head.sender.domain}>"


def _text(message: Claimed, head: Letterhead) -> str:
    link = f"Xem tại: {head.base_url}{message.letter.path}\n\n" if head.base_url else ""
    return f"{message.letter.body}\n{link}{_END}"
