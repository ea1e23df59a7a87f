"""`motcua migrate`, `agencies`, `users` and `token`: how an installation begins."""

from pathlib import Path

import pytest

from engine.store import users
from engine.store.database import Database
from engine.store.migrate import current, newest
from engine.wallclock import wall_clock
from tests.cli.conftest import Shell, run
from tests.office import COMMUNE_1, Office

PERSON = ("--name", "Phan Thị Huệ", "--role", "specialist", "--agency", COMMUNE_1)
SECRET = ("--password", "một mật khẩu dài")


def test_commands_ask_for_migration_first(tmp_path: Path) -> None:
    environment = {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite'}"}
    refused = run(environment, "verify")
    assert refused.code == 1
    assert "motcua migrate" in refused.err
    assert run(environment, "migrate", "--json").json == {"before": None, "after": newest()}
    assert run(environment, "migrate").code == 0
    assert run(environment, "verify").code == 0


def test_migration_leaves_a_new_database_alone(database: Database, shell: Shell) -> None:
    assert f"({newest()})" in shell("migrate").out
    assert current(database) == newest()


@pytest.mark.parametrize(
    "url", ["không phải địa chỉ", "mysql://nobody@127.0.0.1/x", "sqlite:////không/có/đây.db"]
)
def test_a_database_that_cannot_be_opened_is_told_in_words(url: str) -> None:
    ran = run({"MOTCUA_DATABASE_URL": url}, "migrate")
    assert ran.code in (1, 2)
    assert ran.err.startswith("Lỗi: ")


def test_an_office_from_nothing(database: Database, shell: Shell) -> None:
    assert shell("agencies", "add", "H41", "--name", "Tỉnh", "--level", "province").code == 0
    commune = ("agencies", "add", "H41.01", "--name", "Xã", "--level", "commune")
    assert shell(*commune, "--parent", "H41", "--unit", "OFFICE=Văn phòng").code == 0
    assert shell("agencies", "list", "--json").json[1] == {
        "code": "H41.01",
        "name": "Xã",
        "level": "commune",
        "parent": "H41",
        "units": [{"code": "OFFICE", "name": "Văn phòng"}],
    }
    somebody = ("users", "add", "hue", *PERSON[:-1], "H41.01", "--unit", "OFFICE", *SECRET)
    assert shell(*somebody).code == 0
    [listed] = shell("users", "list", "--json").json
    assert listed["grants"] == [
        {"id": 1, "role": "specialist", "agency": "H41.01", "unit": "OFFICE"}
    ]
    assert "Phan Thị Huệ" in shell("users", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("users", "add", "Huệ", *PERSON, *SECRET),
        ("users", "add", "hue", *PERSON, "--password", "ngắn"),
        ("users", "add", "reception1", *PERSON, *SECRET),
        ("users", "add", "hue", *PERSON, "--unit", "KITCHEN", *SECRET),
        ("users", "add", "hue", *PERSON[:-1], "H99", *SECRET),
        ("agencies", "add", COMMUNE_1, "--name", "Xã", "--level", "commune"),
        ("agencies", "add", "H42", "--name", "Xã", "--level", "commune", "--parent", "H99"),
        ("agencies", "add", "H42", "--name", "Xã", "--level", "commune", "--unit", "OFFICE"),
        ("token", "nobody"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    office: Office, shell: Shell, words: tuple[str, ...]
) -> None:
    ran = shell(*words)
    assert ran.code in (1, 2)
    assert ran.err.startswith("Lỗi: ")


def test_a_token_stands_for_its_user(office: Office, database: Database, shell: Shell) -> None:
    made = shell("token", "reception1", "--days", "1", "--json").json
    with database.reading() as tx:
        actor = users.actor_by_token(tx, made["token"], wall_clock())
    assert actor == office.actor("reception1")
    assert len(shell("token", "reception1").out.splitlines()) == 1
