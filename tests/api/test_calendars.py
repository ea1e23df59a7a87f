"""Calendars over HTTP: questions, announcements, and the dossiers they moved."""

from typing import Any

import pytest

from notifications.recalendar import recalendar
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE

PATH = "/calendars/announcements"
SOURCE = "Quyết định số 15/QĐ-UBND ngày 05/07/2026"
SWAP = {"day_off": "2026-09-23", "makeup_day": "2026-09-26"}
STORM = {"date": "2026-07-07", "kind": "off", "why": "Nghỉ tránh bão"}
WINTER = {"sessions": ["07:30-11:30", "13:00-17:00"], "season": ["10-16", "04-15"]}


def body(agency: str | None = COMMUNE_1, **more: Any) -> dict[str, Any]:
    """An announcement."""
    return {"agency": agency, "source": SOURCE, **more}


def test_an_announcement_is_shown_as_it_was_made(call: Caller) -> None:
    sent = body(days=[STORM], swaps=[SWAP], hours=[WINTER])
    answer = call.post("administrator1", PATH, sent)
    made = json_of(answer, 201)
    assert answer.headers["Location"] == f"/api/v1{PATH}/{made['id']}"
    assert made["days"] == [
        STORM,
        {"date": "2026-09-23", "kind": "off", "why": "Nghỉ hoán đổi, làm bù ngày 26/09/2026"},
        {"date": "2026-09-26", "kind": "made_up", "why": "Làm bù thay ngày 23/09/2026"},
    ]
    assert made["hours"] == [{**WINTER, "from": "2026-07-06"}]
    assert (made["first_day"], made["moved"], made["settled_at"]) == ("2026-07-06", 0, None)
    assert json_of(call.get("reception2", f"{PATH}/{made['id']}")) == made
    assert json_of(call.get("portal", f"{PATH}?agency={COMMUNE_1}"))["items"] == [made]
    assert json_of(call.get("portal", f"{PATH}?agency={COMMUNE_2}"))["items"] == []


def test_due_dates_days_and_hours_by_agency(call: Caller) -> None:
    json_of(call.post("administrator1", PATH, body(days=[STORM], hours=[WINTER])), 201)
    due = "/calendars/due?from=2026-07-06T09:00:00%2B07:00&limit=1%20working_days"
    plain, own = (json_of(call.get("portal", due + more)) for more in ("", f"&agency={COMMUNE_1}"))
    assert plain["due_at"] == "2026-07-07T17:00:00+07:00"
    assert own["due_at"] == "2026-07-08T17:00:00+07:00"
    assert own["days"][1] == {"date": "2026-07-07", "counted": False, "why": "Nghỉ tránh bão"}
    early = json_of(call.get("portal", f"{due}&agency={COMMUNE_1}&sessions=8:00-12:00"))
    assert early["due_at"] == "2026-07-08T12:00:00+07:00"
    days = json_of(call.get("portal", f"/calendars/days?year=2026&agency={COMMUNE_1}"))
    assert {"date": "2026-07-07", "why": "Nghỉ tránh bão"} in days["days_off"]
    assert days["agency"] == COMMUNE_1
    hours = json_of(call.get("portal", f"/calendars/hours?agency={COMMUNE_1}"))["hours"]
    usual = {"sessions": ["07:00-11:30", "13:30-17:00"], "from": None, "season": None}
    assert hours == [usual, {**WINTER, "from": "2026-07-06"}]
    assert json_of(call.get("portal", "/calendars/hours")) == {"agency": None, "hours": [usual]}


def test_a_national_announcement_counts_where_no_agency_is_named(call: Caller) -> None:
    json_of(call.post("administrator", PATH, body(None, days=[STORM])), 201)
    days = json_of(call.get("portal", "/calendars/days?year=2026"))
    assert {"date": "2026-07-07", "why": "Nghỉ tránh bão"} in days["days_off"]


def test_dossiers_that_moved(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    made = json_of(call.post("administrator", PATH, body(PROVINCE, days=[STORM])), 201)
    recalendar(lives.office.database, lives.clock)
    one = f"{PATH}/{made['id']}"
    after = json_of(call.get("portal", one))
    assert after["moved"] == 1
    assert after["settled_at"]
    (moved,) = json_of(call.get("reception1", f"{one}/dossiers"))["items"]
    assert moved["code"] == dossier.code
    assert moved["before"] < moved["after"]
    assert json_of(call.get("reception2", f"{one}/dossiers"))["items"] == []
    problem_of(call.get("reception1", f"{PATH}/999/dossiers"), 404, "announcement_unknown")
    problem_of(call.get("reception1", f"{PATH}/999"), 404, "announcement_unknown")


def test_a_preview_tells_and_changes_nothing(call: Caller, lives: Lives) -> None:
    lives.accepted()
    before = contents(lives.office.database)
    sent = body(PROVINCE, days=[STORM], swaps=[SWAP])
    seen = json_of(call.post("administrator", f"{PATH}/preview", sent))
    assert (seen["agencies"], seen["dossiers"]) == (3, 1)
    assert {"date": "2026-07-07", "why": "Nghỉ tránh bão"} in seen["days_off"]
    assert [day["date"] for day in seen["makeup_days"]] == [
        "2026-01-10", "2026-08-22", "2026-09-26",
    ]  # fmt: skip
    assert contents(lives.office.database) == before


def test_a_repeat_is_answered_once(call: Caller) -> None:
    first = call.post("administrator1", PATH, body(days=[STORM]), Idempotency_Key="k")
    again = call.post("administrator1", PATH, body(days=[STORM]), Idempotency_Key="k")
    assert json_of(first, 201) == json_of(again, 201)
    problem_of(call.post("administrator1", PATH, body(days=[STORM])), 422, "announcement_invalid")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (body(), "days"),
        (body(days=[{**STORM, "date": "2026-07-04"}]), "days.0.date"),
        (body(days=[STORM, STORM]), "days.1.date"),
        (body(days=[{**STORM, "date": "2099-07-07"}]), "days.0.date"),
        (body(days=[{**STORM, "why": " "}]), "days.0.why"),
        (body(days=[{**STORM, "kind": "holiday"}]), "days.0.kind"),
        (body(swaps=[{"day_off": "2026-09-23", "makeup_day": "2026-09-23"}]), "swaps.0.makeup_day"),
        (body(swaps=[{"day_off": "2026-09-26", "makeup_day": "2026-09-27"}]), "swaps.0.day_off"),
        (body(hours=[{"sessions": []}]), "hours.0.sessions"),
        (body(hours=[{"sessions": ["07:00-11:30", "11:00-17:00"]}]), "hours.0._"),
        (body(hours=[{"sessions": ["25:00-26:00"]}]), "hours.0._"),
        (body(hours=[{**WINTER, "season": ["02-30", "04-15"]}]), "hours.0._"),
        (body(hours=[{**WINTER, "from": "2099-01-01"}]), "hours.0.from"),
        ({**body(days=[STORM]), "source": " "}, "source"),
        ({"source": SOURCE, "days": [STORM]}, "agency"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(
    call: Caller, lives: Lives, sent: dict[str, Any], field: str
) -> None:
    before = contents(lives.office.database)
    for path in (PATH, f"{PATH}/preview"):
        problem = problem_of(call.post("administrator", path, sent), 422)
        assert field in problem["errors"]
    assert contents(lives.office.database) == before


@pytest.mark.parametrize(
    "query",
    [
        "due?limit=8%20hours&agency=H00",
        "due?limit=8%20hours&sessions=11:00-7:00",
        "due?limit=8%20hours&sessions=x",
        "days?year=2026&agency=H00",
        "hours?agency=H00",
        "announcements?agency=H00",
    ],
)
def test_questions_about_nothing_are_refused(call: Caller, query: str) -> None:
    problem_of(call.get("portal", f"/calendars/{query}"), 422)
