"""A dossier's life done again, and the proof of its record, over HTTP."""

from typing import Any

from sqlalchemy import text, update

from engine.store.database import Database
from engine.store.tables import dossier_life, event
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place
from tests.clock import FakeClock
from tests.integration.lives.tampering import drop_triggers
from tests.office import Office
from tests.uploading import filed


def _moments(call: Caller, code: str, query: str = "limit=200") -> list[dict[str, Any]]:
    items = json_of(call.get("auditor", f"/dossiers/{code}/replay?{query}"))["items"]
    return list(items)


def test_what_was_done_by_whom(call: Caller, lives: Lives) -> None:
    submitted, accepted, issued, approved = _moments(call, lives.signing().code)
    assert submitted["act"]["text"] == "Nộp hồ sơ"
    assert submitted["act"]["actor_name"] == "Người dùng portal"
    assert accepted["act"]["text"] == "Hoàn thành việc: Việc check_papers – Tiếp nhận"
    told = [event["text"] for event in accepted["consequences"]]
    assert "Tiếp nhận hồ sơ: hẹn trả 09/07/2026 17:00" in told
    assert "Đổi trạng thái: Chờ tiếp nhận → Đang xử lý" in told
    assert issued["act"]["text"].startswith("Ban hành giấy tờ: Giấy tiếp nhận hồ sơ")
    assert issued["act"]["text"].endswith("số 01/TNHS")
    assert (accepted["number"], issued["number"], approved["number"]) == (2, 3, 4)
    assert (submitted["status"], approved["standing"]) == ("submitted", "on_track")


def test_where_the_tokens_were_and_who_held_them(call: Caller, lives: Lives) -> None:
    *_, accepted, _, claimed = _moments(call, lives.claimed().code)
    (task,) = accepted["tasks"]
    assert (task["step"], task["elements"], task["assignee"]) == ("appraise", ["appraise"], None)
    (held,) = claimed["tasks"]
    assert held["assignee_name"] == "Người dùng office1"
    assert held["since"] == claimed["act"]["at"]
    (drawing,) = accepted["drawings"]
    assert (drawing["current"], drawing["done"]) == (["appraise"], ["check_papers"])


def test_what_the_clock_said(call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.suspended()
    clock.set("2026-07-08 08:03")
    json_of(call.post("leader1", f"/dossiers/{dossier.code}/resume"))
    submitted, accepted, _, paused, resumed = _moments(call, dossier.code)
    assert submitted["clock"] is None
    assert (accepted["clock"]["state"], accepted["clock"]["used"]) == ("running", 0)
    assert (paused["clock"]["state"], paused["clock"]["why"]) == ("paused", "Lý do khác")
    assert paused["pauses"][0]["name"] == "Lý do khác"
    assert (resumed["clock"]["state"], resumed["pauses"]) == ("running", [])
    for moment in (accepted, paused, resumed):
        clock_ = moment["clock"]
        assert round(clock_["used"] + clock_["remaining"], 2) == clock_["budget"]
    assert resumed["clock"]["due_at"] > paused["clock"]["due_at"]


def test_what_an_act_changed_in_the_forms(call: Caller, lives: Lives) -> None:
    dossier = lives.complete(lives.signing(), "leader1", decision="return", reason="Sai tên")
    lives.complete(dossier, "office1", decision="refuse", reason="Không đủ điều kiện")
    submitted, _, _, approved, _, again = _moments(call, dossier.code)
    assert [(c["title"], c["before"], c["after"]) for c in submitted["changes"]] == [
        ("Ghi chú", None, "Kính đề nghị")
    ]
    assert next(form["name"] for form in again["forms"]) == "Tờ khai"
    assert {(c["field"], c["before"], c["after"]) for c in again["changes"]} >= {
        ("decision", "Đồng ý", "Từ chối")
    }
    assert approved["changes"][0]["after"] == "Đồng ý"


def test_moments_in_pages(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.signing().code}/replay"
    first = json_of(call.get("auditor", f"{path}?limit=2"))
    second = json_of(call.get("auditor", f"{path}?limit=2&cursor={first['next']}"))
    assert [m["number"] for m in first["items"] + second["items"]] == [1, 2, 3, 4]
    assert (first["total"], second["next"], second["stop"]) == (4, None, None)


def test_erased_payloads_are_said_to_be(call: Caller, lives: Lives, database: Database) -> None:
    code = lives.suspended().code
    with database.transaction() as tx:
        tx.execute(text("DELETE FROM event_payload WHERE seq > 4"))
    *_, paused = _moments(call, code)
    assert paused["act"]["erased"]
    assert paused["act"]["payload"] == {}
    with database.transaction() as tx:
        tx.execute(text("DELETE FROM event_payload"))
    replayed = json_of(call.get("auditor", f"/dossiers/{code}/replay"))
    assert replayed["items"] == []
    assert replayed["stop"]["seq"] == 1
    assert replayed["total"] == 4


def test_documents_stand_as_they_did(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    document = filed(lives, dossier)
    *before, last = json_of(call.get("auditor", f"/dossiers/{dossier.code}/replay"))["items"]
    assert [each["documents"] for each in before] == [[]] * len(before)
    assert [each["file"]["digest"] for each in last["documents"]] == [document.file.digest]


def test_an_intact_record(call: Caller, lives: Lives) -> None:
    dossier = lives.signing()
    proof = json_of(call.get("auditor", f"/dossiers/{dossier.code}/verification"))
    assert (proof["intact"], proof["events"]) == (True, dossier.seq)
    assert proof["findings"] == []
    problem_of(call.get("office1", f"/dossiers/{dossier.code}/verification"), 403)


def test_a_state_that_was_altered_or_cannot_be_read(
    call: Caller, lives: Lives, database: Database
) -> None:
    dossier = lives.signing()
    path = f"/dossiers/{dossier.code}/verification"
    with database.transaction() as tx:
        life = tx.execute(dossier_life.select()).one().life
        life["done_by"]["appraise"] = Office(database).actor("leader1").key
        tx.execute(update(dossier_life).values(life=life))
    (finding,) = json_of(call.get("auditor", path))["findings"]
    assert (finding["part"], finding["seq"]) == ("stored", dossier.seq)
    assert "«done_by»" in finding["reason"]
    with database.transaction() as tx:
        tx.execute(update(dossier_life).values(life={}))
    assert json_of(call.get("auditor", path))["findings"]
    assert len(_moments(call, dossier.code)) == 4


def test_every_altered_event_is_found_where_it_is(
    call: Caller, lives: Lives, database: Database
) -> None:
    dossier = lives.signing()
    with database.transaction() as tx:
        drop_triggers(tx, database)
        for seq, changed in ((2, {"actor": "1"}), (5, {"agency": "H40", "caused_by": 1})):
            tx.execute(update(event).where(event.c.seq == seq).values(**changed))
    proof = json_of(call.get("auditor", f"/dossiers/{dossier.code}/verification"))
    chain = [finding["seq"] for finding in proof["findings"] if finding["part"] == "chain"]
    assert chain == [2, 5]
    assert not proof["intact"]


def test_a_log_that_makes_no_sense(call: Caller, lives: Lives, database: Database) -> None:
    dossier = lives.signing()
    with database.transaction() as tx:
        drop_triggers(tx, database)
        tx.execute(update(event).where(event.c.seq == 3).values(type="NONSENSE"))
    path = f"/dossiers/{dossier.code}"
    problem_of(call.get("auditor", f"{path}/replay"), 409, "record_unreadable")
    (finding,) = json_of(call.get("auditor", f"{path}/verification"))["findings"]
    assert finding["seq"] == 3


def test_a_long_history(call: Caller, lives: Lives) -> None:
    """Long histories are told to their end in pages of their own."""
    dossier = lives.claimed()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"
    for _ in range(60):
        json_of(call.post("office1", f"{path}/release"))
        json_of(call.post("office1", f"{path}/claim"))
    replayed = json_of(call.get("auditor", f"/dossiers/{dossier.code}/replay?limit=100"))
    assert (len(replayed["items"]), replayed["total"]) == (100, 124)
