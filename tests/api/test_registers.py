"""The register over HTTP: every dossier that was received, by its number of the year."""

import csv
import io
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import update

from engine.deadlines.calendar import local
from engine.model.dossier import Dossier
from engine.store.tables import dossier as table
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.reading import text_of

YEAR = f"agency={COMMUNE_1}&since=2026-01-01&until=2026-12-31"


def lines(call: Caller, query: str = YEAR) -> list[dict[str, Any]]:
    """What the register has."""
    return list(json_of(call.get("clerk1", f"/register?{query}"))["items"])


def _delivered(lives: Lives) -> Dossier:
    signed = lives.complete(lives.signing(), "leader1", decision="approve")
    return lives.complete(signed, "reception1")


def test_numbers_run_from_one(call: Caller, lives: Lives, clock: FakeClock) -> None:
    lives.submitted()
    first, second = lives.accepted(), _delivered(lives)
    one, two = lines(call)
    assert [(each["number"], each["code"]) for each in (one, two)] == [
        (1, first.code),
        (2, second.code),
    ]
    assert one["owner"] == "Nguyễn Văn Bình"
    assert one["delivered_at"] is None
    assert two["delivered_at"]


def test_pages_and_periods(call: Caller, lives: Lives, clock: FakeClock) -> None:
    for _ in range(3):
        lives.accepted()
        clock.advance(days=1)
    first = json_of(call.get("clerk1", f"/register?{YEAR}&limit=2"))
    rest = json_of(call.get("clerk1", f"/register?{YEAR}&limit=2&cursor={first['next']}"))
    assert [each["number"] for each in first["items"] + rest["items"]] == [1, 2, 3]
    day = f"agency={COMMUNE_1}&since=2026-07-07&until=2026-07-07"
    assert [each["number"] for each in lines(call, day)] == [2]
    for wrong in ("since=2026-07-08&until=2026-07-07", "since=2025-12-31&until=2026-01-01"):
        path = f"/register?agency={COMMUNE_1}&{wrong}"
        problem_of(call.get("clerk1", path), 422, "period_invalid")


def test_on_paper(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    said = text_of(call.get("clerk1", f"/register/pdf?{YEAR}").data)
    for part in ("SỔ THEO DÕI HỒ SƠ", "Mẫu số 07", "Nguyễn Văn Bình", "Năm 2026"):
        assert part in said, part
    assert dossier.code in said.replace("\u200b", "").replace("- ", "-")


def test_as_a_table(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    with lives.office.database.transaction() as tx:
        tx.execute(update(table).values(owner_name="=cmd|' /C calc'!A0"))
    answer = call.get("clerk1", f"/register/csv?{YEAR}")
    heading, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heading[0] == "TT"
    assert (line[0], line[1]) == ("1", dossier.code)
    assert line[4].startswith("'=")


def test_as_a_sheet(call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.accepted()
    answer = call.get("clerk1", f"/register/xlsx?{YEAR}")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    heading, line = sheet.iter_rows(values_only=True)
    assert heading[:2] == ("TT", "Mã hồ sơ")
    assert line[:2] == (1, dossier.code)
    assert dossier.received_at
    assert line[8] == local(dossier.received_at).replace(tzinfo=None)


def test_an_empty_register(call: Caller) -> None:
    assert lines(call) == []
    assert "Không có hồ sơ" in text_of(call.get("clerk1", f"/register/pdf?{YEAR}").data)
