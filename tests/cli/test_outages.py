"""`motcua outages`: the register at the machine itself."""

import pytest

from engine.store.database import Database
from tests.api.lives import contents
from tests.cli.conftest import Shell
from tests.office import COMMUNE_1, COMMUNE_2, Office

RECORD = (
    *("outages", "record", "--system", "Hệ thống hộ tịch", "--what", "Không vào được"),
    *("--evidence", "12/TB-CNTT", "--from", "2026-07-06T08:00", "--agency", COMMUNE_1),
)
BY = ("--by", "control1")


def test_an_outage_from_beginning_to_end(office: Office, shell: Shell) -> None:
    made = shell(*RECORD, *BY, "--json").json
    assert made["started_at"] == "2026-07-06T08:00:00+07:00"
    assert (made["ended_at"], made["running"]) == (None, True)
    number = str(made["id"])
    assert shell("outages", "list", "--running", "--json").json == [made]
    ended = shell("outages", "end", number, "--at", "2026-07-06T09:30:00+07:00", *BY)
    assert f"số {number}: Hệ thống hộ tịch, từ 08:00 06/07/2026 đến 09:30 06/07/2026" in ended.out
    assert shell("outages", "list", "--running", "--json").json == []
    assert shell("outages", "end", number, *BY).code == 1
    (listed,) = shell("outages", "list", "--system", "HỘ", "--agency", COMMUNE_1, "--json").json
    assert listed["ended_at"] == "2026-07-06T09:30:00+07:00"
    assert "12/TB-CNTT" in shell("outages", "list").out
    assert shell("outages", "list", "--agency", COMMUNE_2, "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        (*RECORD, "--by", "nobody"),
        (*RECORD, "--by", "auditor1"),
        (*RECORD, *BY, "--agency", COMMUNE_2),
        (*RECORD, *BY, "--agency", "H99"),
        (*RECORD, *BY, "--from", "soon"),
        (*RECORD, *BY, "--from", "0001-01-01T00:00"),
        (*RECORD, *BY, "--from", "9999-12-31T23:59-12:00"),
        (*RECORD, *BY, "--from", "2999-01-01"),
        (*RECORD, *BY, "--to", "2026-07-06T07:59"),
        (*RECORD, *BY, "--system", " "),
        (*RECORD, *BY, "--what", ""),
        (*RECORD, *BY, "--evidence", "x" * 2_001),
        ("outages", "end", "99", *BY),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    office: Office, shell: Shell, database: Database, words: tuple[str, ...]
) -> None:
    before = contents(database)
    ran = shell(*words)
    assert ran.code in (1, 2)
    assert ran.err.startswith("Lỗi: ")
    assert contents(database) == before
