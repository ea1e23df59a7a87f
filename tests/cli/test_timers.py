"""`motcua timers`: what failed, and trying it again."""

import pytest

from engine.store.database import Database
from tests.api.lives import fail_timer
from tests.cli.conftest import Shell
from tests.integration.scheduler.lives import submit
from tests.office import Office


def test_nothing_failed(office: Office, shell: Shell) -> None:
    assert shell("timers", "list").out == "Không có hẹn giờ hỏng.\n"
    assert shell("timers", "list", "--json").json == []
    assert shell("timers", "rerun", "--all").out == "Đã cho chạy lại 0 hẹn giờ.\n"


def test_one_and_all(office: Office, database: Database, shell: Shell) -> None:
    one, *_ = (fail_timer(database, dossier.code) for dossier in submit(office, 3))
    code, kind, place = one
    [told, *others] = shell("timers", "list", "--state", "dead", "--json").json
    assert (told["dossier"], told["kind"], told["place"], told["state"]) == (*one, "dead")
    assert len(others) == 2
    shown = shell("timers", "list").out
    assert code in shown
    assert "Bản vẽ hỏng" in shown
    assert shell("timers", "rerun", code, kind, str(place), "--json").json == {"rerun": 1}
    again = shell("timers", "rerun", code, kind, str(place))
    assert again.code == 2
    assert again.err.startswith("Lỗi: Hồ sơ")
    assert shell("timers", "rerun", "--all", "--json").json == {"rerun": 2}


@pytest.mark.parametrize("words", [(), ("H40-1",), ("H40-1", "lapse", "x"), ("H40-1", "--all")])
def test_what_makes_no_sense(office: Office, shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell("timers", "rerun", *words)
    assert ran.code == 2
    assert ran.err.startswith("Lỗi: ")
