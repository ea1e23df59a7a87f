"""`motcua verify` and `motcua replay`."""

import pytest
from sqlalchemy import text

from engine.model.dossier import Dossier
from engine.store.database import Database
from tests.cli.conftest import Shell
from tests.integration.scheduler.lives import submit
from tests.office import Office

MESSAGE = "Không tìm thấy hồ sơ"


@pytest.fixture
def dossiers(office: Office) -> list[Dossier]:
    """Three dossiers."""
    return submit(office, 3)


def change_an_event(database: Database, code: str) -> None:
    """As someone with full access to the database might."""
    change = "UPDATE event SET actor = 'system' WHERE seq = 1 AND dossier_id = (SELECT id"
    with database.transaction() as tx:
        if database.is_sqlite:
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in tx.execute(text(triggers)).scalars().all():
                tx.execute(text(f"DROP TRIGGER {name}"))
        else:
            tx.execute(text("SET session_replication_role = replica"))
        tx.execute(text(f"{change} FROM dossier WHERE code = :code)"), {"code": code})
        if not database.is_sqlite:
            tx.execute(text("SET session_replication_role = DEFAULT"))


@pytest.mark.usefixtures("dossiers")
def test_everything_holds(shell: Shell) -> None:
    ran = shell("verify", "--json")
    assert (ran.code, ran.err) == (0, "")
    log = {"entries": 0, "seq": None, "reason": None}
    assert ran.json == {
        "dossiers": 3,
        "verified": 3,
        "broken": [],
        "lost": [],
        "anchors": {"taken": 0, "waiting": 0, "findings": []},
        "office_log": log,
        "petitions": {"entries": 0, "petitions": 0, "faults": []},
        "orphans": [],
        "historic": [],
    }
    told = shell("verify").out
    assert "3 hồ sơ" in told
    assert "0 mục, nguyên vẹn" in told


def test_a_changed_log_of_administration_is_found(
    office: Office, database: Database, shell: Shell
) -> None:
    assert shell("users", "email", "office1", "a@b.vn").code == 0
    assert "1 mục, nguyên vẹn" in shell("verify").out
    with database.transaction() as tx:
        tx.execute(text("UPDATE office_log SET seq = 2"))
    told = shell("verify")
    assert told.code == 1
    assert "Thiếu các mục sau số 1" in told.out
    assert shell("verify", "--json").json["office_log"]["seq"] == 2


def test_a_changed_log_of_petitions_is_found(database: Database, shell: Shell) -> None:
    with database.transaction() as tx:
        tx.execute(text("UPDATE petition_log SET seq = 2"))
    told = shell("verify")
    assert told.code == 1
    assert "Sổ phản ánh, kiến nghị, mục 1: Thiếu các mục sau số 0." in told.out


def test_what_was_changed_is_found_and_named(
    dossiers: list[Dossier], database: Database, shell: Shell
) -> None:
    changed, untouched = dossiers[1].code, dossiers[0].code
    change_an_event(database, changed)
    ran = shell("verify", "--json")
    assert ran.code == 1
    assert (ran.json["dossiers"], ran.json["verified"]) == (3, 2)
    [broken] = ran.json["broken"]
    assert (broken["dossier"], broken["seq"]) == (changed, 1)
    assert shell("verify", untouched).code == 0
    told = shell("verify", untouched, changed)
    assert told.code == 1
    assert f"{changed}, sự kiện 1: {broken['reason']}" in told.out


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_an_unknown_dossier_is_named(database: Database, shell: Shell, command: str) -> None:
    ran = shell(command, "H40-261122-9999")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Lỗi: {MESSAGE} H40-261122-9999")


def test_a_life_is_told_act_by_act(dossiers: list[Dossier], shell: Shell) -> None:
    [submitted, accepted, slip] = shell("replay", dossiers[0].code, "--json").json
    assert (submitted["type"], accepted["type"]) == ("DOSSIER_SUBMITTED", "TASK_COMPLETED")
    assert slip["type"] == "LETTER_ISSUED"
    assert accepted["actor_name"] == "Người dùng reception1"
    assert accepted["at"] == "2026-07-06T08:00:00+07:00"
    assert accepted["status"] == "processing"
    assert accepted["due_at"] == "2026-07-09T17:00:00+07:00"
    assert [task["step"] for task in accepted["tasks"]] == ["appraise"]
    told = shell("replay", dossiers[0].code).out
    assert "→ Mở việc: Việc appraise" in told
    assert "Đang mở: Việc appraise (chưa ai nhận)" in told
