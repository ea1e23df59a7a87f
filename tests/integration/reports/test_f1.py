"""A commune's first quarter of 2023, as it was reported (fixture F1), out of real dossiers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.model.report import Period
from engine.model.status import Channel
from engine.verification import all_codes, verify_dossier
from tests.cli.conftest import run
from tests.databases import EMPTY, SqliteSource
from tests.diagrams import CODE
from tests.integration.reports.mix import Agency, Mix, Sort, furnish

QUARTER = Period(date(2022, 12, 15), date(2023, 3, 14))
SORTS = (
    Sort(244, "early", Channel.ONLINE),
    Sort(6, "in_time", Channel.ONLINE),
    Sort(20, "early"),
    Sort(5, "early", Channel.POSTAL),
    Sort(1, "on_time"),
    Sort(2, "early", carried=True),
)


@pytest.fixture(scope="module")
def mix(sqlite_source: SqliteSource) -> Iterator[Mix]:
    """The quarter, and the month after it, in which everything is brought to an end."""
    with sqlite_source.fresh(EMPTY) as database:
        furnish(database, [Agency("X")], {CODE: "Hộ tịch"})
        yield Mix(database, QUARTER, SORTS).run().afterwards()


def command(mix: Mix, *words: str) -> Any:
    """What `motcua report` prints for machines."""
    url = mix.database.engine.url.render_as_string(hide_password=False)
    ran = run({"MOTCUA_DATABASE_URL": url}, "report", *words, "--agency", "X", "--json")
    assert ran.code == 0, ran.err
    return ran.json


def test_the_form_is_filled_as_it_was_sent(mix: Mix) -> None:
    said = command(mix, "II.06a", "--from", "2022-12-15", "--to", "2023-03-14")
    named = command(mix, "II.06a", "--period", "2023-Q1")
    assert named | {"counted_at": said["counted_at"]} == said
    form = {c["number"]: said["total"]["cells"][c["key"]] for c in said["columns"] if c["number"]}
    assert form == {
        "(3)": 278, "(4)": 250, "(5)": 26, "(6)": 2,
        "(7)": 272, "(8)": 271, "(9)": 1, "(10)": 0,
        "(11)": 6, "(12)": 6, "(13)": 0,
    }  # fmt: skip
    assert [(row["key"], row["cells"]["received"]) for row in said["rows"]] == [("Hộ tịch", 278)]
    assert all(check["holds"] for check in said["checks"]), said["checks"]


def test_rates_say_of_what(mix: Mix) -> None:
    cells = command(mix, "II.06a", "--period", "2023-Q1")["total"]["cells"]
    of_all, of_new = cells["online_of_all"], cells["online_of_new"]
    assert (of_all["numerator"], of_all["denominator"], of_all["percent"]) == (250, 278, "89.93")
    assert "gồm 2 từ kỳ trước" in of_all["of"]
    assert (of_new["denominator"], of_new["percent"]) == (276, "90.58")
    assert Decimal(cells["in_time_of_resolved"]["percent"]) == 100


def test_the_period_after_carries_over_what_was_left(mix: Mix) -> None:
    cells = command(mix, "II.06a", "--from", "2023-03-15", "--to", "2023-04-14")["total"]["cells"]
    assert (cells["received"], cells["carried_over"], cells["resolved"]) == (6, 6, 6)


def test_sent_from_the_command_line_and_counted_again(mix: Mix) -> None:
    url = mix.database.engine.url.render_as_string(hide_password=False)
    here = {"MOTCUA_DATABASE_URL": url}
    period = ("--agency", "X", "--period", "2023-Q1")
    sent = run(here, "report", "II.06a", *period, "--send", "leader.X")
    assert (sent.code, sent.err) == (0, "Đã gửi, id 1.\n")
    assert "✓ 3 = 7 + 11: 278 = 272 + 6" in sent.out
    assert "250/278 = 89,93%; tổng số hồ sơ nhận giải quyết" in sent.out
    (listed,) = run(here, "sent-reports", "list", "--as", "control.X", "--json").json
    assert (listed["dossiers"], listed["start_on"]) == (278, "2022-12-15")
    compared = run(here, "sent-reports", "compare", "1", "--as", "control.X", "--json").json
    assert compared == {"different": 0, "figures": [], "dossiers": []}


def test_everything_verifies(mix: Mix) -> None:
    with mix.database.reading() as tx:
        broken = [verify_dossier(tx, code) for code in [*all_codes(mix.database)][::20]]
    assert broken == [None] * len(broken)
