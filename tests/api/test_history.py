"""Events, pauses and due dates over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from sqlalchemy import text

from engine.store.database import Database
from tests.api.client import Caller, json_of
from tests.api.lives import LETTER, Lives, place
from tests.clock import FakeClock


def _get(call: Caller, user: str, path: str) -> Any:
    return json_of(call.get(user, path))


def test_events_in_pages(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.signing().code}/events"
    whole = _get(call, "auditor", f"{path}?limit=200")["items"]
    assert [event["seq"] for event in whole] == list(range(1, len(whole) + 1))
    first = _get(call, "auditor", f"{path}?limit=2")
    second = _get(call, "auditor", f"{path}?limit=2&cursor={first['next']}")
    assert first["items"] + second["items"] == whole[:4]


def test_what_people_said_is_for_those_who_may_read_it(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.signing().code}/events"
    submitted = _get(call, "clerk1", path)["items"][0]
    assert submitted["payload"]["owner"]["name"] == "Nguyễn Văn Bình"
    assert submitted["actor_name"] == "Người dùng portal"
    for event in _get(call, "portal", path)["items"]:
        assert event["payload"] is None
        assert event["hash"]


def test_erased_payloads(call: Caller, lives: Lives, database: Database) -> None:
    path = f"/dossiers/{lives.signing().code}"
    with database.transaction() as tx:
        tx.execute(text("DELETE FROM event_payload WHERE seq = 1"))
    assert _get(call, "auditor", f"{path}/events")["items"][0]["erased"]
    shown = _get(call, "auditor", path)
    assert shown["owner"] is shown["application"] is None


def test_pauses(call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}"
    until = "2026-07-10T08:00:00+07:00"
    body = {"reason": "khac", "note": "Chờ", "until": until, "evidence": LETTER}
    json_of(call.post("leader1", f"{path}/pause", body))
    clock.advance(days=2)
    json_of(call.post("office1", f"{path}/resume", {"note": "Tiếp"}))
    lives.complete(dossier, "office1", decision="supplement")
    ordered, drawn = _get(call, "auditor", f"{path}/pauses")["items"]
    assert ordered["name"] == "Lý do khác"
    assert (ordered["note"], ordered["place"], ordered["evidence"]) == ("Chờ", None, LETTER)
    assert ordered["since"] == "2026-07-06T08:02:00+07:00"
    assert ordered["until"] == until
    assert ordered["by_name"] == "Người dùng leader1"
    assert ordered["resumed_at"] == "2026-07-08T08:02:00+07:00"
    assert ordered["resumed_by_name"] == "Người dùng office1"
    assert ordered["due_before"] == "2026-07-09T17:00:00+07:00"
    assert ordered["due_after"] > ordered["due_before"]
    assert ordered["excluded"] == 16
    assert (drawn["reason"], drawn["policy"]) == ("bo_sung_ho_so", "RESET")
    assert drawn["place"] is not None
    assert drawn["until"] == "2026-08-07T17:00:00+07:00"
    assert drawn["resumed_at"] is drawn["due_after"] is drawn["overdue_at"] is None
    assert _get(call, "portal", f"{path}/pauses")["items"][0]["note"] is None


def _days(explained: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(day["date"][-2:], day["counted"]) for day in explained["days"]]


def test_why_a_dossier_is_due_when_it_is(call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.submitted()
    path = f"/dossiers/{dossier.code}"
    assert _get(call, "portal", f"{path}/due")["due_at"] is None
    lives.complete(dossier, "reception1", decision="accept")
    explained = _get(call, "portal", f"{path}/due")
    assert explained["limit_in_words"] == "3 ngày làm việc"
    assert explained["due_at"] == explained["first_due_at"] == "2026-07-09T17:00:00+07:00"
    assert _days(explained) == [("06", False), ("07", True), ("08", True), ("09", True)]


def test_why_it_is_due_later_after_a_pause(call: Caller, lives: Lives, clock: FakeClock) -> None:
    path = f"/dossiers/{lives.suspended().code}"
    clock.set("2026-07-10 09:00")
    json_of(call.post("leader1", f"{path}/resume"))
    explained = _get(call, "portal", f"{path}/due")
    assert explained["due_at"] > explained["first_due_at"]
    why = {day["date"]: day["why"] for day in explained["days"]}
    assert why["2026-07-08"] == "Tạm dừng: Lý do khác"
    assert "có lúc tạm dừng" in why["2026-07-10"]
    assert list(why)[-1] == explained["due_at"][:10]


def test_why_it_is_due_later_after_a_supplement(
    call: Caller, lives: Lives, clock: FakeClock
) -> None:
    path = f"/dossiers/{lives.supplementing().code}"
    clock.set("2026-07-13 09:00")
    json_of(call.post("reception1", f"{path}/supplements", {"details": {"pages": 2}}))
    explained = _get(call, "portal", f"{path}/due")
    assert explained["due_at"] == "2026-07-16T17:00:00+07:00"
    assert _days(explained) == [("13", False), ("14", True), ("15", True), ("16", True)]


def test_verification_while_others_act(call: Caller, lives: Lives) -> None:
    """What is proved is one moment: an act in between is no sign of tampering."""
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}"
    stop = Event()

    def act() -> None:
        while not stop.is_set():
            call.post("office1", f"{path}/tasks/{place(dossier)}/claim")
            call.post("office1", f"{path}/tasks/{place(dossier)}/release")

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(act)
        try:
            found = [_get(call, "auditor", f"{path}/verification") for _ in range(15)]
        finally:
            stop.set()
        acting.result()
    assert [each["findings"] for each in found] == [[]] * 15
