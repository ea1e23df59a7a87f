"""The mail server: how it is named, and one connection to it."""

import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from engine.settings import SettingsError
from notifications.channels.carrier import Postponed, Refused, Unreachable, fault, in_short

TIMEOUT_SECONDS = 20.0
"""For each answer of the server."""

_TOO_LARGE = 552
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Tls(StrEnum):
    """From the first byte, by the command STARTTLS, or not at all."""

    ALWAYS = "always"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class Server:
    """A mail server and who logs in there; without `user` nobody does."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read `smtp://user:password@host:587?tls=starttls` or `smtps://…`.

        STARTTLS is the default of `smtp`, and then demanded; `?tls=none` does without, but sends
        no password to another machine. Raises `SettingsError`.
        """
        try:
            parts = urlsplit(url)
            server = cls(
                host=parts.hostname or "",
                port=parts.port or (465 if parts.scheme == "smtps" else 587),
                tls=_tls(parts),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
            )
        except ValueError as error:
            raise _senseless("không đúng dạng smtp://tài-khoản:mật-khẩu@máy-chủ:cổng") from error
        server._check()
        return server

    def _check(self) -> None:
        if not self.host or not (self.user + self.password).isascii():
            raise _senseless(
                "thiếu tên máy chủ, hoặc tài khoản, mật khẩu có ký tự không phải ASCII"
            )
        if self.user and self.tls is Tls.NONE and self.host not in _LOOPBACK:
            raise _senseless("có mật khẩu thì phải mã hóa (bỏ tls=none)")


_WAYS = {
    ("smtps", ""): Tls.ALWAYS,
    ("smtp", ""): Tls.STARTTLS,
    ("smtp", "starttls"): Tls.STARTTLS,
    ("smtp", "none"): Tls.NONE,
}


def _tls(parts: SplitResult) -> Tls:
    given = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    way = parts.scheme, given.pop("tls", "")
    if given or way not in _WAYS:
        raise ValueError(way)
    return _WAYS[way]


def _senseless(why: str) -> SettingsError:
    return SettingsError(
        f"MOTCUA_SMTP_URL {why}. Ví dụ: smtp://motcua:mat-khau@mail.xa.gov.vn:587?tls=starttls"
    )


class Connection:
    """A connection that is opened when it is first needed, and again when it broke."""

    def __init__(self, server: Server, name: str, timeout: float = TIMEOUT_SECONDS) -> None:
        """`name` is how we introduce ourselves: a domain."""
        self._server = server
        self._name = name
        self._timeout = timeout
        self._smtp: SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def send(self, sender: str, to: str, content: bytes) -> None:
        """Hand over one message; raises `Refused`, `Postponed` or `Unreachable`."""
        connection = self._connected()
        try:
            connection.sendmail(sender, [to], content)
        except SMTPRecipientsRefused as error:
            raise _sorted(*error.recipients[to]) from error
        except SMTPSenderRefused as error:
            # Our own address is refused: that is no fault of this message, unless it is too big.
            if error.smtp_code == _TOO_LARGE:
                raise _sorted(error.smtp_code, error.smtp_error) from error
            raise Unreachable(_said(error.smtp_code, error.smtp_error)) from error
        except SMTPDataError as error:
            raise _sorted(error.smtp_code, error.smtp_error) from error
        except (OSError, SMTPException) as error:
            self._leave()
            raise Postponed(fault(error)) from error

    def _connected(self) -> SMTP:
        if self._smtp is None or self._smtp.sock is None:
            self._leave()
            try:
                self._smtp = self._connect()
            except (OSError, SMTPException) as error:
                raise Unreachable(fault(error)) from error
        return self._smtp

    def _connect(self) -> SMTP:
        server = self._server
        context = None if server.tls is Tls.NONE else ssl.create_default_context()
        connection = self._open(context)
        try:
            if server.tls is Tls.STARTTLS:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _open(self, context: ssl.SSLContext | None) -> SMTP:
        host, port, name = self._server.host, self._server.port, self._name
        if self._server.tls is Tls.ALWAYS:
            return SMTP_SSL(host, port, name, timeout=self._timeout, context=context)
        return SMTP(host, port, name, timeout=self._timeout)

    def _leave(self) -> None:
        connection, self._smtp = self._smtp, None
        if connection is None:
            return
        try:
            connection.quit()
        except (OSError, SMTPException):
            connection.close()


def _sorted(code: int, text: bytes | str) -> Exception:
    return (Refused if 500 <= code < 600 else Postponed)(_said(code, text))


def _said(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return in_short(f"{code} {words}")
