"""Other software is told what happens to dossiers: signed, in order, and nothing of persons."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.commands.subscriptions import Register, register, secret
from engine.model.subscription import Subscription
from engine.model.webhook import is_signed
from engine.store.database import Database
from engine.store.sending import LEASE
from notifications.channels.webhook import WebhookCarrier
from notifications.dispatcher import DispatchReport, dispatch
from tests.api.client import Caller, json_of, problem_of
from tests.api.conftest import SETTINGS
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.gateway import Asked, Gateway, Reply, gateway
from tests.office import COMMUNE_1, PROVINCE, Office

NEW = {"agency": COMMUNE_1, "name": "Bản đồ số", "url": "https://bando.example.vn/nhan"}


@pytest.fixture
def subscriber() -> Iterator[Gateway]:
    with gateway() as server:
        yield server


class Told:
    """A subscriber with its registration, and the office that tells it."""

    def __init__(self, office: Office, clock: FakeClock, server: Gateway, **wanted: Any) -> None:
        self._database, self._clock, self.server = office.database, clock, server
        command = Register(PROVINCE, "Trung tâm", f"{server.url}/nhan", inside=True, **wanted)
        with office.database.transaction() as tx:
            self.its = register(tx, command, office.actor("administrator"), clock())

    def dispatch(self) -> DispatchReport:
        carrier = WebhookCarrier(self._database, SETTINGS.secret_key, inside=True)
        return dispatch(self._database, self._clock, carrier)

    def good(self, asked: Asked, of: Subscription | None = None) -> bool:
        known = secret(of or self.its, SETTINGS.secret_key, self._clock())
        headers = {name.lower(): value for name, value in asked.headers.items()}
        return is_signed([known], headers, self._clock(), asked.body)


@pytest.fixture
def told(office: Office, clock: FakeClock, subscriber: Gateway) -> Told:
    return Told(office, clock, subscriber)


def test_told_in_order_and_nothing_of_persons(told: Told, lives: Lives) -> None:
    dossier = lives.accepted()
    report = told.dispatch()
    asked = told.server.asked
    assert report.sent == len(asked) >= 2
    assert all(map(told.good, asked))
    said = [one.json for one in asked]
    assert said[0]["type"] == "dossier.submitted"
    assert "dossier.received" in [one["type"] for one in said]
    numbers = [one["data"]["seq"] for one in said]
    assert numbers == sorted(numbers)
    assert set(said[0]["data"]) == {"dossier", "seq", "status", "procedure", "agency"}
    assert {one["data"]["dossier"] for one in said} == {dossier.code}
    assert datetime.fromisoformat(said[0]["timestamp"]).astimezone(UTC) <= lives.clock()
    assert told.dispatch() == DispatchReport()


def test_only_what_was_asked_for_and_only_where(
    office: Office, clock: FakeClock, subscriber: Gateway, lives: Lives
) -> None:
    told = Told(office, clock, subscriber, events=("dossier.received",))
    lives.accepted()
    told.dispatch()
    assert [one.json["type"] for one in subscriber.asked] == ["dossier.received"]


def test_one_that_fails_keeps_its_order_and_keeps_no_other_waiting(
    told: Told, office: Office, clock: FakeClock, lives: Lives
) -> None:
    with gateway() as other:
        good = Told(office, clock, other)
        told.server.reply = lambda asked: Reply(500)
        first, second = lives.accepted(), lives.accepted()
        report = good.dispatch()
        assert report.postponed == 1
        assert len(told.server.asked) == 1
        assert {one.json["data"]["dossier"] for one in other.asked} == {first.code, second.code}
    told.server.asked.clear()
    told.server.reply = lambda asked: Reply(204)
    clock.advance(minutes=3)
    told.dispatch()
    for code in (first.code, second.code):
        here = [one.json["data"] for one in told.server.asked]
        numbers = [data["seq"] for data in here if data["dossier"] == code]
        assert numbers == sorted(numbers)
        assert len(numbers) >= 2


def test_410_ends_it(told: Told, lives: Lives, call: Caller) -> None:
    told.server.reply = lambda asked: Reply(410)
    lives.accepted()
    told.dispatch()
    shown = json_of(call.get("administrator", f"/webhooks/{told.its.id}"))
    assert (shown["state"], shown["said"]) == ("ended", "HTTP 410")
    lives.accepted()
    assert told.dispatch() == DispatchReport()
    assert len(told.server.asked) == 1
    again = call.post("administrator", f"/webhooks/{told.its.id}/resume")
    problem_of(again, 409, "webhook_ended")


def test_paused_and_resumed(told: Told, lives: Lives, call: Caller, clock: FakeClock) -> None:
    one = f"/webhooks/{told.its.id}"
    assert json_of(call.post("administrator", f"{one}/pause"))["state"] == "paused"
    lives.accepted()
    told.dispatch()
    clock.advance(days=9)
    told.dispatch()
    assert told.server.asked == []
    assert json_of(call.post("administrator", f"{one}/resume"))["state"] == "active"
    told.dispatch()
    assert [each.json["type"] for each in told.server.asked][:1] == ["dossier.submitted"]


def test_the_secret_is_shown_once_and_changed_without_a_gap(
    told: Told, call: Caller, clock: FakeClock, office: Office
) -> None:
    one = f"/webhooks/{told.its.id}"
    made = json_of(call.post("administrator", f"{one}/secret"))
    assert made["secret"].startswith("whsec_")
    assert "secret" not in json_of(call.get("administrator", one))
    for later, with_old in ((timedelta(0), True), (timedelta(hours=25), False)):
        clock.advance(seconds=later.total_seconds())
        json_of(call.post("administrator", f"{one}/test"))
        told.dispatch()
        asked = told.server.asked.pop()
        assert asked.json["type"] == "webhook.test"
        headers = {name.lower(): value for name, value in asked.headers.items()}
        assert is_signed([made["secret"]], headers, clock(), asked.body)
        assert told.good(asked) is with_old
    shown = json_of(call.get("administrator", one))
    assert (shown["state"], shown["said"]) == ("active", "HTTP 200")


def test_registered_and_changed_over_rest(call: Caller) -> None:
    made = json_of(call.post("administrator1", "/webhooks", NEW), 201)
    one = f"/webhooks/{made['id']}"
    assert json_of(call.get("administrator", one))["state_name"] == "Đang dùng"
    changed = {"name": "Bản đồ", "events": ["dossier.finished"]}
    assert json_of(call("administrator1", "PATCH", one, changed))["events"] == ["dossier.finished"]
    for wrong in ({"url": "http://bando.example.vn/"}, {"url": "https://127.0.0.1/"}):
        problem_of(call("administrator1", "PATCH", one, wrong), 422, "webhook_invalid")
    unknown = {**NEW, "events": ["dossier.eaten"]}
    problem_of(call.post("administrator1", "/webhooks", unknown), 422, "webhook_invalid")
    elsewhere = {**NEW, "agency": PROVINCE}
    problem_of(call.post("administrator1", "/webhooks", elsewhere), 403, "not_permitted")
    assert json_of(call.get("administrator2", "/webhooks"))["items"] == []
    json_of(call.post("administrator1", f"{one}/end"))
    told = json_of(call.get("auditor1", "/office-events?limit=10"))["items"]
    types = [event["type"] for event in told if event["type"].startswith("WEBHOOK")]
    assert types == ["WEBHOOK_ENDED", "WEBHOOK_CHANGED", "WEBHOOK_ADDED"]


def test_a_name_that_leads_inside_gets_nothing(
    told: Told, lives: Lives, database: Database, clock: FakeClock, call: Caller
) -> None:
    lives.accepted()
    report = dispatch(database, clock, WebhookCarrier(database, SETTINGS.secret_key))
    assert report.postponed == 1
    assert told.server.asked == []
    shown = json_of(call.get("administrator", f"/webhooks/{told.its.id}"))
    assert "mạng nội bộ" in shown["said"]
    assert shown["state"] == "failing"
    clock.advance(seconds=LEASE.total_seconds())
    assert told.dispatch().sent >= 2
