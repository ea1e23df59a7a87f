"""Dead letters are seen and sent again by those who administer the addressee's account."""

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import accounts, messages, sending
from engine.store.database import Database
from engine.store.messages import Draft
from tests.api.client import Caller, json_of, problem_of
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, Office


def post(office: Office, database: Database, clock: FakeClock, to: str, text: str) -> int:
    """A message that the server refused; returns its id."""
    with database.transaction() as tx:
        user_id = office.actor(to).id
        draft = Draft(
            text,
            Channel.MAIL,
            "cu@xa.example.vn",
            Letter(text, "Nội dung mật", "/"),
            name=f"Người dùng {to}",
            user_id=user_id,
        )
        messages.enqueue(tx, [draft], clock())
        (claimed,) = sending.claim(tx, Channel.MAIL, clock(), 1)
        sending.give_up(tx, claimed, "550 No such user", clock())
    return claimed.id


def test_seen_and_sent_again(
    call: Caller, office: Office, database: Database, clock: FakeClock
) -> None:
    first = post(office, database, clock, "office1", "Một")
    second = post(office, database, clock, "leader1", "Hai")
    post(office, database, clock, "office2", "Ba")
    page = json_of(call.get("administrator1", "/messages?state=failed&limit=1"))
    assert [item["id"] for item in page["items"]] == [second]
    more = f"/messages?state=failed&limit=1&cursor={page['next']}"
    page = json_of(call.get("administrator1", more))
    (item,) = page["items"]
    assert page["next"] is None
    assert (item["id"], item["name"], item["subject"]) == (first, "Người dùng office1", "Một")
    assert (item["state"], item["attempts"]) == ("failed", 1)
    assert item["last_error"] == "550 No such user"
    assert "Nội dung mật" not in str(page)
    path = f"/messages/{first}/resend"
    problem_of(call.post("administrator1", path), 409, "addressee_unreachable")
    with database.transaction() as tx:
        accounts.change(tx, office.actor("office1").id, email="moi@xa.example.vn")
    again = json_of(call.post("administrator1", path))
    assert (again["state"], again["address"]) == ("waiting", "moi@xa.example.vn")
    assert (again["attempts"], again["last_error"]) == (0, None)
    problem_of(call.post("administrator1", path), 409, "message_not_failed")
    problem_of(call.post("administrator2", path), 404, "message_unknown")
    problem_of(call.post("administrator1", "/messages/999/resend"), 404, "message_unknown")
    waiting = json_of(call.get("administrator", "/messages?state=waiting"))["items"]
    assert [item["id"] for item in waiting] == [first]


def test_those_sent(call: Caller, office: Office, database: Database, clock: FakeClock) -> None:
    with database.transaction() as tx:
        letter, to = Letter("Một", "Một", "/"), office.actor("office1").id
        draft = Draft("k", Channel.MAIL, "a@b.vn", letter, user_id=to)
        messages.enqueue(tx, [draft], clock())
        (claimed,) = sending.claim(tx, Channel.MAIL, clock(), 1)
        assert sending.sent(tx, [claimed], clock())
    (item,) = json_of(call.get("administrator1", "/messages?state=sent"))["items"]
    assert item["sent_at"] == clock().isoformat()
    assert json_of(call.get("administrator1", "/messages?state=failed"))["items"] == []
    again = call.post("administrator1", f"/messages/{item['id']}/resend")
    problem_of(again, 409, "message_not_failed")


def dead(office: Office, database: Database, clock: FakeClock, key: str, to: Draft) -> int:
    """A message that was given up; returns its id."""
    with database.transaction() as tx:
        messages.enqueue(tx, [to], clock())
        (claimed,) = sending.claim(tx, to.channel, clock(), 1)
        sending.give_up(tx, claimed, f"Lỗi {key}", clock())
    return claimed.id


def test_the_address_of_a_citizen_is_mended(
    call: Caller, office: Office, database: Database, clock: FakeClock
) -> None:
    text = Letter("Tin nhắn", "Ho so da co ket qua", "")
    draft = Draft("s:1", Channel.SMS, "0912", text, name="Lò Văn Pảnh", agency=COMMUNE_1)
    number = dead(office, database, clock, "sms", draft)
    path = f"/messages/{number}/resend"
    assert json_of(call.get("administrator2", "/messages"))["items"] == []
    problem_of(call.post("administrator2", path), 404, "message_unknown")
    wrong = call.post("administrator1", path, {"address": "không có"})
    problem_of(wrong, 422, "telephone_invalid")
    again = json_of(call.post("administrator1", path, {"address": "+84 912 345 678"}))
    assert (again["state"], again["address"], again["name"]) == (
        "waiting", "0912345678", "Lò Văn Pảnh",
    )  # fmt: skip
    (told,) = json_of(call.get("auditor1", "/office-events?limit=1"))["items"]
    assert (told["type"], told["subject"]) == ("MESSAGE_SENT_AGAIN", f"message:{number}")
    assert told["after"] == {"channel": "sms", "new_address": True}


def test_what_stops_a_lane_is_withdrawn_or_sent_again(
    call: Caller, office: Office, database: Database, clock: FakeClock
) -> None:
    said = Letter("x", "{}", "")
    one, two, three = (
        Draft(f"p:{n}", Channel.PORTAL, "x", said, agency=COMMUNE_1, lane="1") for n in range(3)
    )
    number = dead(office, database, clock, "portal", one)
    with database.transaction() as tx:
        messages.enqueue(tx, [two, three], clock())
    path = f"/messages/{number}"
    wrong = call.post("administrator1", f"{path}/resend", {"address": "y"})
    problem_of(wrong, 409, "address_fixed")
    shown = json_of(call.get("administrator1", "/messages/channels"))["items"]
    (portal,) = [each for each in shown if each["channel"] == "portal"]
    assert (portal["due"], portal["failed"], portal["state"]) == (2, 1, "closed")
    assert json_of(call.post("administrator1", f"{path}/withdraw"))["state"] == "withdrawn"
    with database.transaction() as tx:
        assert [each.key for each in sending.claim(tx, Channel.PORTAL, clock(), 9)] == ["p:1"]


def test_all_at_once(call: Caller, office: Office, database: Database, clock: FakeClock) -> None:
    said = Letter("x", "x", "")
    for n, (channel, agency) in enumerate(
        ((Channel.SMS, COMMUNE_1), (Channel.MAIL, COMMUNE_1), (Channel.SMS, COMMUNE_2))
    ):
        dead(office, database, clock, "x", Draft(f"k:{n}", channel, "a@b.vn", said, agency=agency))
    one = call.post("administrator1", "/messages/resend", {"channel": "sms"})
    assert json_of(one) == {"resent": 1}
    assert json_of(call.post("administrator", "/messages/resend")) == {"resent": 2}
    assert json_of(call.post("administrator", "/messages/resend")) == {"resent": 0}
