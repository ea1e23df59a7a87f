"""`motcua users email`, `messages` and `dispatch`."""

import pytest

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import messages, sending
from engine.store.database import Database
from engine.store.messages import Draft
from engine.wallclock import wall_clock
from notifications.dispatcher import DispatchReport
from tests.cli.conftest import Shell, run
from tests.office import COMMUNE_1, Office
from tests.smtp import HOST, Mailroom, free_port, serving

PERSON = ("--name", "Phan Thị Huệ", "--role", "specialist", "--agency", COMMUNE_1)
SECRET = ("--password", "một mật khẩu dài")


def dead_letter(office: Office, database: Database, to: str) -> int:
    """A message that was given up; returns its id."""
    now = wall_clock()
    with database.transaction() as tx:
        draft = Draft(
            f"k:{to}",
            Channel.MAIL,
            "cu@xa.example.vn",
            Letter("Một", "Một", "/"),
            name=f"Người dùng {to}",
            user_id=office.actor(to).id,
        )
        messages.enqueue(tx, [draft], now)
        (claimed,) = sending.claim(tx, Channel.MAIL, now, 1)
        sending.give_up(tx, claimed, "550 No such user", now)
    return claimed.id


def test_addresses(office: Office, database: Database, shell: Shell) -> None:
    add = ("users", "add", "hue", *PERSON, *SECRET, "--email")
    assert shell(*add, "không phải").code == 2
    assert shell(*add, "hue@xa.gov.vn").code == 0

    def address() -> object:
        listed = {user["username"]: user for user in shell("users", "list", "--json").json}
        return listed["hue"]["email"]

    assert address() == "hue@xa.gov.vn"
    assert "hue@xa.gov.vn" in shell("users", "list").out
    assert shell("users", "email", "hue", "phan.hue@xa.gov.vn").code == 0
    assert address() == "phan.hue@xa.gov.vn"
    assert shell("users", "email", "hue", "--none").code == 0
    assert address() is None
    for wrong in (["hue"], ["hue", "a@b.vn", "--none"], ["hue", "a@b"], ["nobody", "a@b.vn"]):
        refused = shell("users", "email", *wrong)
        assert refused.code == 2
        assert refused.err.startswith("Lỗi: ")


def test_dead_letters(office: Office, database: Database, shell: Shell) -> None:
    number = dead_letter(office, database, "office1")
    dead_letter(office, database, "leader1")
    listed = shell("messages", "list", "--state", "failed", "--json").json
    assert [item["name"] for item in listed] == ["Người dùng leader1", "Người dùng office1"]
    assert listed[1]["last_error"] == "550 No such user"
    shown = shell("messages", "list").out
    assert "550 No such user" in shown
    assert "đã bỏ" in shown
    assert "chưa có địa chỉ" in shell("messages", "resend", str(number)).err
    assert shell("users", "email", "office1", "office1@xa.gov.vn").code == 0
    assert shell("messages", "resend", "--all").out == "Sẽ gửi lại 1 thư.\n"
    (waiting,) = shell("messages", "list", "--state", "waiting", "--json").json
    assert waiting["id"] == number
    assert shell("messages", "resend", str(number)).code == 1
    assert shell("messages", "resend").code == 2


def test_dispatch_once(office: Office, database: Database, shell: Shell) -> None:
    number = dead_letter(office, database, "office1")
    shell("users", "email", "office1", "office1@xa.gov.vn")
    shell("messages", "resend", str(number))
    port, room = free_port(), Mailroom()
    environment = {
        "MOTCUA_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "MOTCUA_SMTP_URL": f"smtp://{HOST}:{port}?tls=none",
        "MOTCUA_MAIL_FROM": "Một cửa xã Mai Lâm <motcua@mailam.example.vn>",
    }
    with serving(room, port):
        sent = run(environment, "dispatch", "--once", "--json").json
        assert run(environment, "dispatch", "--once").out.startswith("Thư điện tử: đã gửi 0")
    nothing = vars(DispatchReport())
    mail = vars(DispatchReport(sent=1))
    assert sent == {"mail": mail, "webhook": nothing, "connector": nothing}
    assert room.mails[0]["To"].addresses[0].addr_spec == "office1@xa.gov.vn"


@pytest.mark.parametrize(
    "settings",
    [
        {"MOTCUA_SMTP_URL": "smtp://mail"},
        {"MOTCUA_SMTP_URL": "x", "MOTCUA_MAIL_FROM": "a@b.vn"},
    ],
)
def test_senseless_settings(sqlite_database: Database, settings: dict[str, str]) -> None:
    url = sqlite_database.engine.url.render_as_string()
    refused = run({**settings, "MOTCUA_DATABASE_URL": url}, "dispatch")
    assert refused.code in (1, 2)
    assert "MOTCUA_" in refused.err
