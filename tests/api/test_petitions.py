"""Petitions over HTTP: sent without an account, dealt with, answered, published, rated; and what
those they are about never get to see."""

from typing import Any

from sqlalchemy import func, select, text

from engine.commands.petition_box import Sender
from engine.store.database import Database
from engine.store.outbox_tables import message
from engine.store.petition_tables import petition_access
from engine.verification.petitions import verify_petitions
from notifications.petitions import watch_petitions
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.petition_routes import SENDER, TEXT, answered, sent, taken
from tests.clock import FakeClock
from tests.office import COMMUNE_1, PROVINCE

BOX = {"kind": "conduct", "agency": COMMUNE_1, "text": TEXT}
NAMED = {**BOX, "name": SENDER.name, "phone": SENDER.phone}


def messages(database: Database) -> list[tuple[str, str, str]]:
    """What is to leave: channel, address, subject."""
    with database.reading() as tx:
        query = select(message.c.channel, message.c.address, message.c.subject)
        return [tuple(row) for row in tx.execute(query.order_by(message.c.id))]


def view(call: Caller, code: str, user: str = "leader1") -> Any:
    return json_of(call.get(user, f"/petitions/{code}"))


def test_from_the_sender_and_back(call: Caller, database: Database, clock: FakeClock) -> None:
    told = json_of(call.post(None, "/petition-box", {**NAMED, "email": SENDER.email}), 201)
    code, mine = told["code"], {"code": told["code"], "key": told["key"]}
    assert (code, told["due_at"]) == ("PA-26-00001", "2026-07-27T17:00:00+07:00")
    leader = view(call, code)
    handler = {"handler": json_of(call.get("leader1", "/users/me"))["id"]}
    one = f"/petitions/{code}"
    json_of(call.post("control1", f"{one}/handler", handler, If_Match='"1"'))
    problem_of(call.post("leader1", f"{one}/answer", {"text": "?"}, If_Match='"1"'), 412)
    json_of(call.post("leader1", f"{one}/supplement-request", {"text": "Vào ngày nào?"}))
    asked = json_of(call.post(None, "/petition-box/tracking", mine))
    assert (asked["may_supply"], asked["steps"][-1]["text"]) == (True, "Vào ngày nào?")
    clock.advance(days=7)
    json_of(call.post(None, "/petition-box/supplement", {**mine, "text": "Thứ Hai, 29/6."}))
    json_of(call.post("leader1", f"{one}/answer", {"text": "Đã nhắc nhở cán bộ."}))
    public = {"question": f"Bà {SENDER.name} phản ánh hẹn nhiều lần", "answer": "Đã nhắc nhở."}
    problem_of(call.post("leader1", f"{one}/publication", public), 422, "personal_data_left")
    public["question"] = "Người dân phản ánh bị hẹn nhiều lần"
    json_of(call.post("leader1", f"{one}/publication", public))
    (item,) = json_of(call.get(None, "/petition-box"))["items"]
    assert (item["question"], item["answer"]) == (public["question"], public["answer"])
    by_mail = {"code": code, "factor": SENDER.email.upper(), "stars": 4, "comment": "Nhanh"}
    assert json_of(call.post(None, "/petition-box/rating", by_mail))["stars"] == 4
    done = view(call, code)
    assert (done["item"]["on_time"], done["item"]["stars"], done["revision"]) == (True, 4, 7)
    assert leader["sender"]["phone"] == SENDER.phone
    assert [sent[0:2] for sent in messages(database)] == [("mail", SENDER.email)] * 3
    with database.reading() as tx:
        state = verify_petitions(tx)
    assert (state.entries, state.petitions, state.faults) == (7, 1, ())


def test_nobody_deals_with_what_is_about_themselves(call: Caller, lives: Lives) -> None:
    code, accused = taken(lives), lives.office.actor("leader1").id
    linked = json_of(call.post("control1", f"/petitions/{code}/concerned", {"officer": accused}))
    assert linked["handler"] is None
    shown = view(call, code)
    assert (shown["sender"], shown["hidden"], shown["may_handle"]) == (None, True, False)
    assert SENDER.phone not in call.get("leader1", f"/petitions/{code}").text
    for act in ("answer", "refusal", "supplement-request"):
        answer = call.post("leader1", f"/petitions/{code}/{act}", {"text": "Không đúng."})
        problem_of(answer, 403, "conflict_of_interest")
    answer = call.post("control1", f"/petitions/{code}/handler", {"handler": accused})
    problem_of(answer, 403, "conflict_of_interest")
    assert view(call, code, "second_leader1")["sender"]["name"] == SENDER.name


def test_whose_time_is_over_is_told_once(
    call: Caller, lives: Lives, database: Database, clock: FakeClock
) -> None:
    with database.transaction() as tx:
        tx.execute(text("UPDATE user_account SET email = username || '@xa.gov.vn'"))
    code = sent(lives, Sender())
    assert messages(database) == []
    clock.set("2026-07-08 17:30")
    assert [watch_petitions(database, clock) for _ in range(3)] == [1, 0, 0]
    assert messages(database) == [("mail", "control1@xa.gov.vn", f"Quá hạn: phản ánh {code}")]
    clock.set("2026-07-10 08:00")
    assert watch_petitions(database, clock) == 1
    leaders = {address for _, address, _ in messages(database)} - {"control1@xa.gov.vn"}
    assert leaders == {"leader1@xa.gov.vn", "second_leader1@xa.gov.vn"}
    late = json_of(call.get("control", f"/petitions?standing=overdue&agency={COMMUNE_1}"))
    assert [item["code"] for item in late["items"]] == [code]


WRONG = (
    {"text": " \n "}, {"text": "x" * 5_001}, {"text": "a\0b"}, {"agency": "H99"},
    {"phone": "không có"}, {"phone": ""}, {"email": "không có"}, {"kind": "threat"},
    {"officer": 1},
)  # fmt: skip


def test_what_is_refused_leaves_nothing(call: Caller, database: Database) -> None:
    for change in WRONG:
        problem_of(call.post(None, "/petition-box", {**NAMED, **change}), 422)
    with database.reading() as tx:
        assert verify_petitions(tx).entries == 0


def test_senders_are_limited_and_strangers_find_nothing(call: Caller, lives: Lives) -> None:
    code = answered(lives)
    claim = {"code": code, "factor": "0900000000"}
    strange = problem_of(call.post(None, "/petition-box/tracking", claim), 404)
    claim["code"] = "PA-26-99999"
    assert problem_of(call.post(None, "/petition-box/tracking", claim), 404) == strange
    claim = {"code": f" {code.lower()} ", "factor": "+84 912 345 678"}
    assert json_of(call.post(None, "/petition-box/tracking", claim))["state"] == "answered"
    for _ in range(10):
        json_of(call.post(None, "/petition-box", {**BOX, "dossier": "H40-1"}), 201)
    problem_of(call.post(None, "/petition-box", BOX), 429)


def test_brought_over_once_and_forwarded(call: Caller, lives: Lives, database: Database) -> None:
    brought = {**NAMED, "source": "portal", "external": "PAKN.20260706.0001", "field": "Đất đai"}
    code = json_of(call.post("reception1", "/petitions", brought), 201)["code"]
    problem_of(call.post("reception1", "/petitions", brought), 409, "petition_imported")
    problem_of(call.post("reception1", "/petitions", {**brought, "source": "hotline"}), 422)
    problem_of(call.post("reception2", "/petitions", {**brought, "external": "P2"}), 403)
    where = {"text": "Thuộc thẩm quyền của tỉnh.", "agency": PROVINCE}
    json_of(call.post("director1", f"/petitions/{code}/forwarding", where))
    problem_of(call.get("director1", f"/petitions/{code}"), 404)
    assert view(call, code, "control")["item"]["agency"] == PROVINCE
    assert messages(database) == []


def test_who_looked_is_written_down(call: Caller, lives: Lives, database: Database) -> None:
    code = sent(lives)
    view(call, code)
    view(call, code)
    view(call, code, "auditor")
    with database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(petition_access)).scalar_one() == 2


ALTERED = {
    "UPDATE petition SET state = 'published'": "khác sổ sự kiện",
    'UPDATE petition_payload SET body = \'{"text": "Khen."}\' WHERE seq = 1': "đã bị sửa",
    "UPDATE petition_event SET actor = '1' WHERE seq = 2": "Mục số 2 đã bị sửa",
    "DELETE FROM petition": "Danh sách có 0 phản ánh, sổ có 1",
    "UPDATE petition_log SET head = ''": "Thiếu các mục sau số 3",
}


def test_what_was_altered_is_found(lives: Lives, database: Database) -> None:
    answered(lives)
    _disarm(database)
    for statement, said in ALTERED.items():
        with database.engine.connect() as tx, tx.begin() as altered:
            tx.execute(text(statement))
            faults = verify_petitions(tx).faults
            altered.rollback()
        assert said in " ".join(fault.reason for fault in faults)


def _disarm(database: Database) -> None:
    """Take the triggers away, as whoever administers a database can."""
    with database.transaction() as tx:
        for table in ("petition_event", "petition_payload"):
            if database.is_sqlite:
                tx.execute(text(f"DROP TRIGGER {table}_refuses_update"))
            else:
                tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
