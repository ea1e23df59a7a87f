"""An outbox with messages in it, and what carries them."""

from datetime import datetime
from email.headerregistry import Address

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import messages, users
from engine.store.database import Database
from engine.store.messages import Draft
from notifications.channels.mail import Letterhead, MailCarrier
from notifications.channels.smtp import Server, Tls
from tests.smtp import HOST

HEAD = Letterhead(
    Address("Một cửa xã Mai Lâm", addr_spec="motcua@mailam.example.vn"), "https://motcua.example.vn"
)
LETTER = Letter("Quá hạn: hồ sơ H40.1", "Kính gửi Ân,\n\nHồ sơ đã quá hạn.\n", "/dossiers/H40.1")


def post(port: int) -> MailCarrier:
    """To a server at a port of this machine, in the clear."""
    return MailCarrier(Server(HOST, port, Tls.NONE), HEAD)


def recipient(database: Database, now: datetime) -> int:
    """Someone to write to, in an empty office."""
    with database.transaction() as tx:
        return users.add(tx, "an", "Nguyễn Văn Ân", None, now)


def fill(database: Database, count: int, now: datetime, letter: Letter = LETTER) -> None:
    """Put messages to `1@…`, `2@…` … into the outbox."""
    user_id = recipient(database, now)
    drafts = [
        Draft(
            f"k:{n}",
            Channel.MAIL,
            f"{n}@xa.example.vn",
            letter,
            name="Nguyễn Văn Ân",
            user_id=user_id,
        )
        for n in range(1, count + 1)
    ]
    with database.transaction() as tx:
        messages.enqueue(tx, drafts, now)
