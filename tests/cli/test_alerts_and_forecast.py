"""`motcua alerts` and `motcua forecast`."""

from datetime import timedelta

from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications.tick import tick
from tests.cli.conftest import Shell
from tests.integration.scheduler.lives import submit
from tests.office import Office


def test_alerts_of_one_person(office: Office, database: Database, shell: Shell) -> None:
    [late] = submit(office, 1, wall_clock() - timedelta(days=30))
    tick(database, wall_clock)
    told = shell("alerts", "--as", "office1", "--json").json
    assert {(alert["dossier"], alert["level"]) for alert in told} == {(late.code, "overdue")}
    assert {alert["subject"] for alert in told} == {"step", "dossier"}
    shown = shell("alerts", "--as", "office1").out
    assert "Quá hạn" in shown
    assert "2 cảnh báo." in shown
    assert shell("alerts", "--as", "economy1", "--json").json == []
    everyone = shell("alerts", "--as", "leader1", "--agency", "--ended", "--json").json
    assert {item["subject"] for item in everyone} == {"step", "dossier"}


def test_a_forecast(office: Office, shell: Shell) -> None:
    made = submit(office, 2, wall_clock())
    found = shell("forecast", "--as", "leader1", "--json").json
    assert sorted(item["code"] for item in found) == sorted(dossier.code for dossier in made)
    assert all(item["confidence_name"] == "ít dữ liệu" for item in found)
    assert "2 hồ sơ." in shell("forecast", "--as", "leader1").out


def test_for_those_who_may(office: Office, shell: Shell) -> None:
    assert shell("forecast", "--as", "office1").code == 1
    assert shell("alerts", "--as", "nobody").code == 2
