"""What surrounds the resources: health, metrics, documentation, headers, settings."""

import math
import re

import pytest
from flask import Flask
from sqlalchemy import text

from api.app import create_app
from engine.settings import DEVELOPMENT_KEY, Settings, SettingsError
from engine.store import heartbeats
from engine.store.database import Database
from engine.store.timers import MAX_ATTEMPTS
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, fail_timer
from tests.clock import FakeClock


def test_ready_when_the_schema_is_current(app: Flask, database: Database) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    with database.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    problem_of(client.get("/readyz"), 503, "migrations_pending")
    assert client.get("/healthz").status_code == 200


def test_requests_are_counted_by_route(lives: Lives, database: Database) -> None:
    app = create_app(Settings(), database, lives.clock)
    call = Caller(app)
    path = f"/dossiers/{lives.accepted().code}"
    for _ in range(3):
        call.get("office1", path)
    call.get("office1", "/dossiers/H-1")
    call.get("office1", "/nowhere")
    figures = app.test_client().get("/metrics").text
    counter = 'motcua_http_requests_total{endpoint="dossiers.show",method="GET",status="%s"} %s.0'
    assert counter % (200, 3) in figures
    assert counter % (404, 1) in figures
    assert 'endpoint="none",method="GET",status="404"' in figures
    assert 'motcua_http_request_seconds_count{endpoint="dossiers.show",method="GET"} 4.0' in figures


def gauge(app: Flask, name: str) -> float | None:
    """What `/metrics` says of the timers."""
    found = re.search(rf"^{name} (\S+)$", app.test_client().get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else None


def test_the_queue_of_timers_is_told(app: Flask, lives: Lives, database: Database) -> None:
    assert gauge(app, "motcua_timers_due") == 0
    for attempts in (MAX_ATTEMPTS, 1, 1):
        fail_timer(database, lives.accepted().code, attempts)
    lives.accepted()
    lives.clock.advance(days=30)
    assert gauge(app, "motcua_timers_dead") == 1
    assert gauge(app, "motcua_timers_waiting_retry") == 2
    assert (gauge(app, "motcua_timers_due") or 0) >= 3
    assert (gauge(app, "motcua_timers_oldest_due_seconds") or 0) > 20 * 86_400


def test_a_scheduler_that_stands_still_is_seen(
    app: Flask, database: Database, clock: FakeClock
) -> None:
    def told() -> tuple[str, float | None]:
        answer = app.test_client().get("/readyz")
        assert answer.status_code == 200
        return answer.get_json()["scheduler"], gauge(app, "motcua_scheduler_silence_seconds")

    assert told() == ("silent", math.inf)
    with database.transaction() as tx:
        heartbeats.beat(tx, "one", clock(), clock())
    clock.advance(seconds=60)
    assert told() == ("running", 60)
    clock.advance(seconds=1)
    assert told() == ("silent", 61)


def test_figures_without_a_database(app: Flask, database: Database) -> None:
    assert gauge(app, "motcua_database_up") == 1
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE scheduler RENAME TO gone"))
    assert gauge(app, "motcua_database_up") == 0
    assert gauge(app, "motcua_timers_due") is None
    assert "motcua_http_requests_total" in app.test_client().get("/metrics").text


@pytest.mark.parametrize("path", ["/healthz", "/api/docs", "/api/v1/users/me", "/nowhere"])
def test_headers_that_protect(path: str, app: Flask) -> None:
    headers = app.test_client().get(path).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_dossiers_are_kept_by_no_shared_cache(call: Caller, lives: Lives) -> None:
    answer = call.get("office1", f"/dossiers/{lives.accepted().code}")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_documentation_asks_nobody_else(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/api/docs").text
    assert "://" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)
    for path in re.findall(r'(?:src|href)="([^"]+)"', page):
        found = client.get(path)
        assert found.status_code == 200
        found.close()


def test_answers_are_utf_8(call: Caller, office: object) -> None:
    assert "Người dùng" in call.get("reception1", "/users/me").data.decode()


def test_a_cursor_is_for_its_own_list(call: Caller, lives: Lives) -> None:
    for _ in range(2):
        lives.submitted()
    cursor = json_of(call.get("portal", "/dossiers?limit=1"))["next"]
    json_of(call.get("portal", f"/dossiers?limit=1&cursor={cursor}"))
    problem_of(call.get("portal", f"/agencies?cursor={cursor}"), 422)
    problem_of(call.get("portal", f"/dossiers?cursor={cursor[:-1]}"), 422)


def test_calendars(call: Caller, office: object) -> None:
    path = "/calendars/due?from=2026-04-29T10:00:00%2B07:00&limit=2%20working_days"
    explained = json_of(call.get("portal", path))
    assert explained["due_at"] == "2026-05-05T17:00:00+07:00"
    unescaped = path.replace("%2B", "+")
    assert json_of(call.get("portal", unescaped)) == explained
    instant = json_of(call.get("portal", f"{path}&rule=INSTANT"))
    assert instant["due_at"] == "2026-05-05T10:00:00+07:00"
    year = json_of(call.get("portal", "/calendars/days?year=2026"))
    assert "2026-09-02" in [day["date"] for day in year["days_off"]]
    assert "2026-01-10" in [day["date"] for day in year["makeup_days"]]


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings at all."""
    for name in ("PRODUCTION", "SECRET_KEY", "PORT", "DATABASE_URL", "LOG_LEVEL", "PAGE_SIZE"):
        monkeypatch.delenv(f"MOTCUA_{name}", raising=False)


def test_settings_have_defaults(clean_environment: None) -> None:
    assert Settings.from_environment() == Settings()


def test_settings_are_read(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"PRODUCTION": "true", "SECRET_KEY": "k" * 32, "PORT": "9000", "LOG_LEVEL": "debug"}
    for name, value in values.items():
        monkeypatch.setenv(f"MOTCUA_{name}", value)
    read = Settings.from_environment()
    assert (read.production, read.port, read.log_level) == (True, 9000, "DEBUG")
    assert "k" * 32 not in repr(read)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", "true"),
        ("PORT", "x"),
        ("PORT", "70000"),
        ("LOG_LEVEL", "loud"),
        ("PAGE_SIZE", "0"),
    ],
)
def test_settings_that_cannot_be(
    name: str, value: str, clean_environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"MOTCUA_{name}", value)
    with pytest.raises(SettingsError, match="MOTCUA_"):
        Settings.from_environment()


def test_production_needs_a_key_of_its_own() -> None:
    with pytest.raises(SettingsError, match="MOTCUA_SECRET_KEY"):
        Settings(production=True, secret_key=DEVELOPMENT_KEY)
