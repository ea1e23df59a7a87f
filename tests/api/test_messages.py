"""Dead letters are seen and sent again by those who administer the addressee's account."""

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store import accounts, messages, sending
from engine.store.database import Database
from engine.store.messages import Draft
from tests.api.client import Caller, json_of, problem_of
from tests.clock import FakeClock
from tests.office import Office


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
