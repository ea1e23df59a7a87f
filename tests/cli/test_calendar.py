"""`motcua calendar`, and what belongs to it in `due` and `migrate`."""

import pytest

from engine.store.database import Database
from tests.cli.conftest import Shell
from tests.office import COMMUNE_1, COMMUNE_2, Office

SAY = ("calendar", "announce", "--source", "QĐ 15/QĐ-UBND ngày 05/07/2026")
HERE = (*SAY, "--agency", COMMUNE_1)


def test_days_and_hours_are_announced_and_listed(office: Office, shell: Shell) -> None:
    words = (
        "--swap", "2027-05-05=2027-05-08", "--off", "2027-09-22=Nghỉ tránh bão",
        "--made-up", "2027-09-25=Làm thêm", "--normal", "2027-11-24=Trực",
        "--hours", "7:30-11:30,13:00-16:30", "--from", "2027-01-01", "--season", "10-16:04-15",
    )  # fmt: skip
    seen = shell(*HERE, *words, "--preview", "--json").json
    assert seen == {"agencies": 1, "dossiers": 0}
    made = shell(*HERE, *words, "--json").json["id"]
    (item,) = shell("calendar", "list", "--json").json
    assert item["id"] == made
    assert {day["date"]: day["kind"] for day in item["days"]} == {
        "2027-05-05": "off",
        "2027-05-08": "made_up",
        "2027-09-22": "off",
        "2027-09-25": "made_up",
        "2027-11-24": "normal",
    }
    (hours,) = item["hours"]
    assert hours == {
        "sessions": ["07:30-11:30", "13:00-16:30"],
        "from": "2027-01-01",
        "season": ["10-16", "04-15"],
    }
    assert item["announced_by"] is None
    assert "Nghỉ tránh bão" in shell("calendar", "list").out
    assert shell("calendar", "list", "--agency", COMMUNE_2, "--json").json == []
    days = shell("calendar", "days", "2027", "--agency", COMMUNE_1, "--json").json
    assert {"date": "2027-09-22", "kind": "off", "why": "Nghỉ tránh bão"} in days
    assert "24/11/2027" in shell("calendar", "days", "2027").out
    assert "24/11/2027" not in shell("calendar", "days", "2027", "--agency", COMMUNE_1).out
    due = ("due", "--from", "2027-01-04T16:00", "--limit", "1 hours", "--agency", COMMUNE_1)
    assert shell(*due, "--json").json["due"] == "2027-01-05T08:00:00+07:00"
    own = shell(*due, "--sessions", "9:00-18:00", "--json").json["due"]
    assert own == "2027-01-04T17:00:00+07:00"


def test_for_the_whole_country(office: Office, shell: Shell) -> None:
    assert "số 1" in shell(*SAY, "--national", "--off", "2027-09-22=Quốc tang").out
    days = shell("calendar", "days", "2027", "--agency", COMMUNE_2, "--json").json
    assert {"date": "2027-09-22", "kind": "off", "why": "Quốc tang"} in days
    assert "3 cơ quan" in shell(*SAY, "--national", "--off", "2027-09-23=x", "--preview").out


@pytest.mark.parametrize(
    "words",
    [
        (*SAY, "--off", "2027-09-22=x"),
        (*HERE, "--national", "--off", "2027-09-22=x"),
        HERE,
        (*HERE, "--off", "2027-09-22"),
        (*HERE, "--off", "mai=x"),
        (*HERE, "--off", "2027-09-25=Thứ Bảy rồi"),
        (*HERE, "--swap", "2027-09-22"),
        (*HERE, "--hours", "sáng"),
        (*HERE, "--hours", "7:00-8:00", "--season", "hè"),
        (*HERE, "--season", "10-16:04-15", "--off", "2027-09-22=x"),
        (*SAY, "--agency", "H00", "--off", "2027-09-22=x"),
        ("calendar", "list", "--agency", "H00"),
        ("calendar", "days", "2027", "--agency", "H00"),
        ("due", "--from", "2027-01-04", "--limit", "1 hours", "--agency", "H00"),
    ],
)
def test_nonsense_is_refused_in_words(office: Office, shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Lỗi: ")
    assert shell("calendar", "list", "--json").json == []


def test_migration_tells_of_a_newer_calendar(
    office: Office, database: Database, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "lịch" not in shell("migrate").out
    monkeypatch.setattr("cli.migrate.renew", lambda tx, now: 7)
    assert "lịch quốc gia" in shell("migrate").out
