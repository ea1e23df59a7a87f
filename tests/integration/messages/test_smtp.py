"""Connections to the mail server: how it is named, encryption, log-in."""

import pytest

from engine.settings import Settings, SettingsError
from notifications.channels.carrier import Unreachable
from notifications.channels.mail import MailCarrier
from notifications.channels.smtp import Connection, Server, Tls
from tests.smtp import CERTIFICATES, HOST, Mailroom, certificate, serving

SENDER, TO, MAIL = "motcua@xa.example.vn", "an@xa.example.vn", b"Subject: x\r\n\r\nx\r\n"
USER, PASSWORD = "motcua", "dung/mat khau"


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the certificate of the tests, as operators trust their own authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "localhost.pem"))


def send(server: Server) -> None:
    """One mail over a connection of its own."""
    with Connection(server, "xa.example.vn", timeout=5) as connection:
        connection.send(SENDER, TO, MAIL)


def test_urls() -> None:
    assert Server.from_url("smtp://mail.xa.vn") == Server("mail.xa.vn", 587, Tls.STARTTLS)
    assert Server.from_url("smtps://mail.xa.vn") == Server("mail.xa.vn", 465, Tls.ALWAYS)
    assert Server.from_url("smtp://relay:25?tls=none") == Server("relay", 25, Tls.NONE)
    assert Server.from_url("smtp://a%40b.vn:dung%2Fmat%20khau@mail.xa.vn:2525?tls=starttls") == (
        Server("mail.xa.vn", 2525, Tls.STARTTLS, "a@b.vn", PASSWORD)
    )


@pytest.mark.parametrize(
    "url",
    [
        "mail.xa.vn", "http://mail.xa.vn", "smtp://", "smtp://mail:port", "smtp://mail?tls=yes",
        "smtp://mail?timeout=5", "smtps://mail?tls=none", "smtp://u:p@mail?tls=none",
        "smtp://u:mật@mail", "smtp://mail:99999", "smtp://mail?tls",
    ],
)  # fmt: skip
def test_urls_that_name_no_server(url: str) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_SMTP_URL"):
        Server.from_url(url)


def test_the_password_is_not_shown() -> None:
    settings = Settings(smtp_url="smtp://motcua:bi-mat@mail.xa.vn", mail_from=SENDER)
    assert "bi-mat" not in repr(settings) + repr(MailCarrier.of(settings))


def test_settings_of_the_post() -> None:
    assert MailCarrier.of(Settings()) is None
    named = Settings(
        smtp_url="smtp://mail.xa.vn",
        mail_from="Một cửa xã Mai Lâm <motcua@xa.example.vn>",
        base_url="https://motcua.xa.vn/",
    )
    post = MailCarrier.of(named)
    assert post is not None
    assert post.head.sender.display_name == "Một cửa xã Mai Lâm"
    assert post.head.base_url == "https://motcua.xa.vn"
    with pytest.raises(SettingsError, match="MOTCUA_MAIL_FROM"):
        Settings(smtp_url="smtp://mail.xa.vn")
    with pytest.raises(SettingsError, match="MOTCUA_MAIL_FROM"):
        MailCarrier.of(Settings(smtp_url="smtp://mail.xa.vn", mail_from="Một cửa"))
    with pytest.raises(SettingsError, match="MOTCUA_BASE_URL"):
        Settings(base_url="motcua.xa.vn")
    with pytest.raises(SettingsError, match="MOTCUA_DIGEST_AT"):
        Settings(digest_at="7 giờ")


@pytest.mark.usefixtures("trusted")
def test_starttls_and_log_in(port: int) -> None:
    room = Mailroom()
    options = {"authenticator": room.authenticate, "auth_required": True}
    with serving(room, port, tls_context=certificate(), require_starttls=True, **options):
        send(Server("localhost", port, Tls.STARTTLS, USER, PASSWORD))
        with pytest.raises(Unreachable, match="535"):
            send(Server("localhost", port, Tls.STARTTLS, USER, "sai"))
    assert room.logins[0] == (USER, PASSWORD)
    assert len(room.mails) == 1


@pytest.mark.usefixtures("trusted")
def test_encrypted_from_the_first_byte(port: int) -> None:
    room = Mailroom()
    with serving(room, port, ssl_context=certificate()):
        send(Server("localhost", port, Tls.ALWAYS))
    assert len(room.mails) == 1


def test_a_certificate_that_nobody_vouches_for(port: int) -> None:
    room = Mailroom()
    with (
        serving(room, port, tls_context=certificate()),
        pytest.raises(Unreachable, match="certificate"),
    ):
        send(Server("localhost", port, Tls.STARTTLS))
    assert room.mails == []


def test_a_server_without_encryption_gets_nothing(port: int) -> None:
    room = Mailroom()
    with serving(room, port), pytest.raises(Unreachable, match="STARTTLS"):
        send(Server(HOST, port, Tls.STARTTLS, USER, PASSWORD))
    assert (room.mails, room.logins) == ([], [])
