"""`motcua portal`."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications.portal_upkeep import use
from tests.api.lives import Lives
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.integration.portal.telling import states, waiting
from tests.office import Office
from tests.portal import CLIENT, running_portal


@pytest.fixture
def code(office: Office, database: Database) -> str:
    """A dossier that waits for the portal."""
    use(database, wall_clock)
    return Lives(office, FakeClock(wall_clock() - timedelta(days=1))).submitted().code


def test_what_waits_and_sending_again(code: str, database: Database, shell: Shell) -> None:
    [item] = shell("portal", "list", "--json").json
    assert (item["dossier"], item["state"], item["code"]) == (code, "waiting", 1)
    assert code in shell("portal", "list", "--state", "waiting").out
    assert shell("portal", "resend").code == 2
    assert "gửi lại 1 hồ sơ" in shell("portal", "resend", code).out
    assert waiting(database) == 1
    assert "gửi lại 1 hồ sơ" in shell("portal", "resend", "--all").out
    assert shell("portal", "resend", "H-LA").code == 2


def test_sending_comparing_and_stopping(
    code: str,
    database: Database,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert shell("portal", "reconcile").code == 1
    with running_portal(tmp_path / "portal.db") as portal:
        monkeypatch.setenv("MOTCUA_PORTAL_URL", portal.url)
        monkeypatch.setenv("MOTCUA_PORTAL_CLIENT_ID", CLIENT[0])
        monkeypatch.setenv("MOTCUA_PORTAL_CLIENT_SECRET", CLIENT[1])
        assert shell("dispatch", "--once").code == 0
        portal.forget(code)
        assert shell("portal", "reconcile", "--json").json["healed"] == 1
        assert shell("dispatch", "--once").code == 0
        assert portal.shows(code) is not None
        assert shell("portal", "off").code == 1
    assert shell("portal", "reconcile").code == 1
    monkeypatch.delenv("MOTCUA_PORTAL_URL")
    assert shell("portal", "off").code == 0
    assert shell("portal", "off").code == 1
    assert states(database) != {}
