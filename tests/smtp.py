"""A real mail server for tests, in a thread of this process."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

CERTIFICATES = Path(__file__).with_name("certificates")
HOST = "127.0.0.1"
TAKEN = "250 OK"


@dataclass
class Mailroom:
    """What the server got, and what it answers: by recipient, or to the text of every mail."""

    recipients: dict[str, str] = field(default_factory=dict)
    answer: str = TAKEN
    envelopes: list[Envelope] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    before_answering: Callable[[int], None] = lambda number: None
    """Called with the number of each mail that was taken, from 1."""

    @property
    def mails(self) -> list[EmailMessage]:
        """Every mail that was taken, read back."""
        return [read(wire(envelope)) for envelope in self.envelopes]

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to one recipient."""
        answer = self.recipients.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        """Take a mail, or say why not."""
        if self.answer == TAKEN:
            self.envelopes.append(envelope)
            self.before_answering(len(self.envelopes))
        return self.answer

    def authenticate(self, server: Any, session: Any, envelope: Any, how: str, who: Any) -> Any:
        """Let everyone in who knows the word."""
        assert isinstance(who, LoginPassword)
        self.logins.append((who.login.decode(), who.password.decode()))
        return AuthResult(success=who.password == b"dung/mat khau", handled=False)


def wire(envelope: Envelope) -> bytes:
    """A mail as it came over the wire."""
    assert isinstance(envelope.content, bytes)
    return envelope.content


def read(content: bytes) -> EmailMessage:
    """A mail as a reader sees it."""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(mail: EmailMessage) -> str:
    """What it says."""
    content: str = mail.get_content()
    return content.replace("\r\n", "\n")


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def certificate() -> ssl.SSLContext:
    """That of localhost, which only who is told of it trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "localhost.pem", CERTIFICATES / "localhost.key")
    return context


@contextmanager
def serving(room: Mailroom, port: int, **options: Any) -> Iterator[None]:
    """Let a server stand at a port."""
    controller = Controller(room, hostname=HOST, port=port, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
