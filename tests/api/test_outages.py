"""The register of outages: what was recorded stays, and explains why dossiers were late."""

from datetime import timedelta
from typing import Any

import pytest

from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.api.routes import OUTAGE
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, Office


def record(call: Caller, user: str = "control1", **more: Any) -> Any:
    """The answer to a record of an outage."""
    return json_of(call.post(user, "/outages", {**OUTAGE, **more}), 201)


def test_an_outage_is_recorded_and_shown(call: Caller, office: Office) -> None:
    made = call.post("control1", "/outages", OUTAGE)
    shown = json_of(made, 201)
    assert shown == {
        **OUTAGE,
        "id": shown["id"],
        "ended_at": None,
        "running": True,
        "recorded_at": "2026-07-06T08:00:00+07:00",
        "recorded_by": "Người dùng control1",
        "dossiers": 0,
    }
    assert json_of(call.get("portal", made.headers["Location"])) == shown
    problem_of(call.get("portal", f"/outages/{shown['id'] + 1}"), 404, "outage_unknown")
    problem_of(call.get("portal", f"/outages/{shown['id'] + 1}/dossiers"), 404, "outage_unknown")


def test_its_end_is_recorded_once(call: Caller, office: Office, clock: FakeClock) -> None:
    path = f"/outages/{record(call)['id']}"
    clock.advance(timedelta(hours=2))
    problem_of(call.post("control2", f"{path}/end"), 403)
    ended = json_of(call.post("control1", f"{path}/end", {"ended_at": "2026-07-06T09:00:00+07:00"}))
    assert (ended["ended_at"], ended["running"]) == ("2026-07-06T09:00:00+07:00", False)
    again = call.post("control1", f"{path}/end", {"ended_at": "2026-07-06T09:30:00+07:00"})
    problem_of(again, 409, "outage_ended")
    problem_of(call.post("control1", f"{path}/end"), 409, "outage_ended")
    assert json_of(call.get("control1", path)) == ended
    problem_of(call.post("control1", "/outages/999/end"), 404, "outage_unknown")


def test_now_is_the_end_when_none_is_given(call: Caller, office: Office, clock: FakeClock) -> None:
    path = f"/outages/{record(call)['id']}"
    clock.advance(timedelta(hours=2))
    assert json_of(call.post("control1", f"{path}/end", {}))["ended_at"] == (
        "2026-07-06T10:00:00+07:00"
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"started_at": "2026-07-06T08:02:00+07:00"}, "outage_time_invalid"),
        ({"ended_at": "2026-07-06T06:59:00+07:00"}, "outage_time_invalid"),
        ({"ended_at": OUTAGE["started_at"]}, "outage_time_invalid"),
        ({"ended_at": "2026-07-06T08:02:00+07:00"}, "outage_time_invalid"),
        ({"agency": "H99"}, "agency_unknown"),
        *(({name: value}, "request_invalid") for name in ("system", "description", "evidence")
          for value in ("", "  ", None, 5, ["x"], "x" * 2_001, "\x00")),
        ({"started_at": "2026-07-06T07:00:00"}, "request_invalid"),
        ({"started_at": "0001-01-01T00:00:00+07:00"}, "request_invalid"),
        ({"started_at": "hôm qua"}, "request_invalid"),
        ({"recorded_by": 1}, "request_invalid"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    call: Caller, office: Office, database: Database, more: dict[str, Any], code: str
) -> None:
    before = contents(database)
    problem_of(call.post("control", "/outages", {**OUTAGE, **more}), 422, code)
    assert contents(database) == before


@pytest.mark.parametrize("ended_at", ["2026-07-06T07:00:00+07:00", "2026-07-06T08:02:00+07:00"])
def test_an_end_that_cannot_be_is_refused(call: Caller, office: Office, ended_at: str) -> None:
    path = f"/outages/{record(call)['id']}"
    answer = call.post("control1", f"{path}/end", {"ended_at": ended_at})
    problem_of(answer, 422, "outage_time_invalid")
    assert json_of(call.get("control1", path))["running"]


def test_clocks_may_differ_by_a_minute(call: Caller, office: Office) -> None:
    record(call, started_at="2026-07-06T08:01:00+07:00")


def test_one_records_only_where_one_may(call: Caller, office: Office) -> None:
    problem_of(call.post("control1", "/outages", {**OUTAGE, "agency": COMMUNE_2}), 403)
    assert record(call, "control", agency=COMMUNE_2)["agency"] == COMMUNE_2
    assert record(call, "control", agency="H40")["agency"] == "H40"


def test_the_register_is_searched_and_paged(call: Caller, office: Office) -> None:
    first = record(call, system="HỆ THỐNG Hộ Tịch", ended_at="2026-07-06T07:30:00+07:00")["id"]
    second = record(call, "control", system="VBDLIS 100%", agency=COMMUNE_2)["id"]
    third = record(call, system="hệ thống hộ tịch")["id"]

    def found(query: str) -> list[int]:
        return [each["id"] for each in json_of(call.get("portal", f"/outages?{query}"))["items"]]

    assert found("") == [third, second, first]
    assert found("system=h%E1%BB%99%20t%E1%BB%8BCH") == [third, first]
    assert found("system=%25") == [second]
    assert found("system=_") == []
    assert found(f"agency={COMMUNE_2}") == [second]
    assert found("running=true") == [third, second]
    assert found("running=false&system=h%E1%BB%87") == [first]
    page = json_of(call.get("portal", "/outages?limit=2"))
    rest = json_of(call.get("portal", f"/outages?limit=2&cursor={page['next']}"))
    assert [each["id"] for each in rest["items"]] == [first]
    assert rest["next"] is None


def late(lives: Lives, count: int) -> list[str]:
    """Codes of dossiers that are late."""
    codes = [lives.accepted().code for _ in range(count)]
    lives.clock.advance(timedelta(days=10))
    return codes


def test_many_dossiers_are_linked_at_once(call: Caller, lives: Lives) -> None:
    codes = late(lives, 4)
    outage = lives.outage()
    body = {"codes": [*codes[:3], codes[0]], "cause": "loi_he_thong", "note": "Chuyển chậm"}
    linked = json_of(call.post("control1", f"/outages/{outage}/dossiers", body))
    assert linked["dossiers"] == 3
    path = f"/outages/{outage}/dossiers?limit=2"
    page = json_of(call.get("leader1", path))
    rest = json_of(call.get("leader1", f"{path}&cursor={page['next']}"))
    shown = [each["code"] for each in (*page["items"], *rest["items"])]
    assert shown == sorted(codes[:3], reverse=True)


def test_one_sees_and_counts_only_dossiers_that_one_may_read(call: Caller, lives: Lives) -> None:
    codes, outage = late(lives, 2), lives.outage()
    body = {"codes": codes, "cause": "loi_he_thong"}
    json_of(call.post("control1", f"/outages/{outage}/dossiers", body))
    for user, count in (("control", 2), ("auditor1", 2), ("leader2", 0), ("administrator", 0)):
        assert json_of(call.get(user, f"/outages/{outage}"))["dossiers"] == count
        items = json_of(call.get(user, f"/outages/{outage}/dossiers"))["items"]
        assert len(items) == count


def test_all_are_linked_or_none(call: Caller, lives: Lives, database: Database) -> None:
    codes, outage = late(lives, 2), lives.outage()
    before = contents(database)
    path, body = f"/outages/{outage}/dossiers", {"cause": "loi_he_thong"}
    unknown = {**body, "codes": [*codes, f"{COMMUNE_1}-260101-9999"]}
    problem_of(call.post("control1", path, unknown), 404, "dossier_unknown")
    problem_of(call.post("control2", path, {**body, "codes": codes}), 404, "dossier_unknown")
    problem_of(call.post("auditor1", path, {**body, "codes": codes}), 403, "not_permitted")
    problem_of(call.post("control1", "/outages/999/dossiers", {**body, "codes": codes}), 404)
    for wrong in ([], ["x"] * 201, [5], "x", None, [None]):
        problem_of(call.post("control1", path, {**body, "codes": wrong}), 422, "request_invalid")
    problem_of(call.post("control1", path, {"codes": codes}), 422, "request_invalid")
    assert contents(database) == before
