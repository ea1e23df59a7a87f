"""Reports as files over REST."""

import csv
import io
from typing import Any

from openpyxl import load_workbook

from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.reading import text_of

JULY = f"agency={COMMUNE_1}&from=2026-07-01&to=2026-07-31"


def test_all_files_say_what_the_answer_says(call: Caller, lives: Lives, clock: FakeClock) -> None:
    lives.late()
    clock.set("2026-08-03 08:00")
    asked = f"?{JULY}"
    told: dict[str, Any] = json_of(call.get("leader1", f"/reports/overdue-causes{asked}"))
    share = told["total"]["cells"]["share"]
    assert (share["numerator"], share["denominator"], share["percent"]) == (0, 1, "0.00")

    table = call.get("leader1", f"/reports/overdue-causes/csv{asked}")
    assert table.headers["Content-Disposition"].startswith("attachment; filename=bao-cao-")
    heads, *_rows, total = csv.reader(io.StringIO(table.data.decode("utf-8-sig")))
    assert total[heads.index("Hồ sơ quá hạn – Tổng số")] == "1"
    assert any(share["of"] in head for head in heads)

    sheet = call.get("leader1", f"/reports/overdue-causes/xlsx{asked}")
    cells = load_workbook(io.BytesIO(sheet.data)).worksheets[0].iter_rows(values_only=True)
    assert [row[1] for row in cells if row[0] == "Tổng cộng"] == [1]

    paper = text_of(call.get("leader1", f"/reports/overdue-causes/pdf{asked}").data)
    assert "0,00 % (0/1)" in paper


def test_what_cannot_be_counted(call: Caller) -> None:
    for ending in ("csv", "xlsx", "pdf"):
        problem_of(call.get("leader1", f"/reports/rubbish/{ending}?{JULY}"), 404, "report_unknown")
        problem_of(call.get("leader2", f"/reports/II.06a/{ending}?{JULY}"), 403, "not_permitted")
        later = JULY.replace("2026-07", "2027-07")
        path = f"/reports/II.06a/{ending}?{later}"
        problem_of(call.get("leader1", path), 422, "report_period_invalid")
