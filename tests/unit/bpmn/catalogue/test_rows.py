"""What is understood of a row, and what is left for a person."""

from typing import Any

import pytest

from bpmn.catalogue.entry import Fee, Level, Reading, Row, Sheet, Standing
from bpmn.catalogue.rows import read_row
from bpmn.time_limit import TimeLimit
from tests.catalogue import row, timed


def read(**changes: Any) -> Reading:
    """A row that is understood, but for the changes."""
    return read_row(Row(1, row(**changes)))


def left(reading: Reading) -> list[tuple[str, str]]:
    """The fields left, with their texts."""
    return [(remark.field, remark.text) for remark in reading.remarks]


def test_a_row_is_understood_whole() -> None:
    reading = read(levels=["Cấp tỉnh", "Cấp xã"], coordinating="Bộ Công an")
    entry = reading.entry
    assert entry is not None
    assert not reading.remarks
    assert (entry.code, entry.decision, entry.field) == ("1.999001", "163/QĐ-BTP", "Hộ tịch")
    assert entry.levels == (Level.COMMUNE, Level.PROVINCE)
    assert entry.fee == Fee(0, "Miễn phí")
    assert entry.sheets == (Sheet("Tờ khai", 1, 0),)
    assert (entry.result_name, entry.result_code) == ("Giấy xác nhận", "KQ.G15.000031")
    assert entry.coordinating == "Bộ Công an"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("20 Ngày làm việc", "20 working_days"),
        ("05 ngày làm việc", "5 working_days"),
        ("1.5 Ngày làm việc", "1.5 working_days"),
        ("15 Ngày", "15 days"),
        ("8 Giờ", "8 hours"),
        ("4 Tháng", "4 months"),
        ("Trong ngày", "same_day"),
    ],
)
def test_a_number_with_its_unit_is_a_limit(text: str, limit: str) -> None:
    entry = read(channels=timed(text, text)).entry
    assert entry is not None
    assert entry.time_limit == TimeLimit.parse(limit)


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "120,000",
        "",
        "Không có thông tin",
        "3-5 Ngày làm việc",
        "5 hoặc 7 Ngày làm việc",
        "5 Ngày làm việc, trường hợp phức tạp 10 Ngày làm việc",
        "1.5 Ngày",
        "0 Ngày",
        "9999 Tháng",
        "５ Ngày",
        "-5 Ngày",
        "1.500 Ngày làm việc",
        "5 Ngày làm việc kể từ ngày nhận đủ hồ sơ",
    ],
)
def test_any_other_time_leaves_the_row(text: str) -> None:
    reading = read(channels=timed(text))
    assert reading.entry is None
    assert left(reading) == [("time", text)]


@pytest.mark.parametrize(
    "times",
    [
        ("5 Ngày làm việc", "7 Ngày làm việc"),
        ("5 Ngày làm việc", "5 Ngày"),
        ("5 Ngày làm việc", "Không có thông tin"),
        ("17 Ngày", "20 Ngày", "27 Ngày", "17 Ngày"),
    ],
)
def test_rows_by_channel_are_no_limits_by_channel(times: tuple[str, ...]) -> None:
    reading = read(channels=timed(*times))
    assert reading.entry is None
    ((field, text),) = left(reading)
    assert field == "time"
    assert all(time in text for time in times)


def test_no_channel_at_all_leaves_the_row() -> None:
    reading = read(channels=[])
    assert reading.entry is None
    assert [field for field, _ in left(reading)] == ["time", "fee"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Miễn phí", 0),
        ("300,000 Việt Nam Đồng", 300_000),
        ("1.350.000 VNĐ", 1_350_000),
        ("50,000 Việt Nam Đồng(/hồ sơ)", 50_000),
        ("8000 đồng", 8_000),
    ],
)
def test_one_amount_is_a_fee(text: str, amount: int) -> None:
    reading = read(channels=timed("5 Ngày", "5 Ngày", fee=text))
    assert reading.entry is not None
    assert reading.entry.fee == Fee(amount, text)
    assert not reading.remarks


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Không có thông tin",
        "90 VNĐ",
        "10 USD",
        "300,000",
        "50,00 VNĐ",
        "2.000 đồng/trang",
        "300,000 VNĐ(đồng/lần (Miễn phí từ ngày 01/01/2026)",
        "900,000,000,000 VNĐ",
    ],
)
def test_any_other_fee_is_for_a_person_to_say(text: str) -> None:
    reading = read(channels=timed("5 Ngày", fee=text))
    assert reading.entry is not None
    assert reading.entry.fee == Fee(None, text)
    assert left(reading) == [("fee", text)]


@pytest.mark.parametrize("field", ["code", "name", "decision", "levels", "field"])
@pytest.mark.parametrize("value", [None, "", [], {"a": 1}, "a\x00b", 10**40, "\ud800"])
def test_what_no_procedure_can_do_without_leaves_the_row(field: str, value: Any) -> None:
    reading = read(**{field: value})
    assert reading.entry is None
    assert {name for name, _ in left(reading)} == {field}


@pytest.mark.parametrize("code", ["1.00119", "1001193", "01.001193", "1.001193; DROP", "x" * 99])
def test_a_code_has_its_form(code: str) -> None:
    reading = read(code=code)
    assert (reading.code, reading.entry) == ("", None)


def test_a_code_of_a_province_is_one() -> None:
    assert read(code="1.001193.000.00.00.H40").entry is not None


def test_texts_are_composed_and_nothing_in_them_is_invisible() -> None:
    entry = read(name="  Cấp\u200e gi\u1ea5y\n\u0074\u006f\u031b\u0300 \uf0a7 khai ").entry
    assert entry is not None
    assert entry.name == "Cấp giấy tờ khai"


@pytest.mark.parametrize(
    ("paper", "sheets"),
    [
        ({"name": "Trường hợp sau đây:", "originals": 0, "copies": 0}, 1),
        ({"name": "Đơn theo Thông tư 01/2026", "originals": 20261, "copies": 1}, 1),
        ({"name": "Đơn", "originals": True, "copies": 1}, 1),
        ({"name": "Đơn", "originals": "một", "copies": 1}, 1),
        ({"name": "Đơn", "originals": 1, "copies": -1}, 1),
        ({"name": "", "originals": 1, "copies": 0}, 0),
        ({"name": ["Đơn"], "originals": 1, "copies": 0}, 0),
        ("Đơn", 0),
    ],
)
def test_a_paper_whose_count_is_no_count_is_only_told(paper: Any, sheets: int) -> None:
    reading = read(papers=[paper])
    assert reading.entry is not None
    assert [(s.originals, s.copies) for s in reading.entry.sheets] == [(0, 0)] * sheets
    assert {field for field, _ in left(reading)} <= {"papers", "name"}
    assert reading.remarks


def test_the_same_paper_twice_is_one() -> None:
    paper = {"name": "Tờ khai", "originals": 1, "copies": 0}
    entry = read(papers=[paper, paper, {**paper, "copies": 1}]).entry
    assert entry is not None
    assert len(entry.sheets) == 2


@pytest.mark.parametrize("results", [[], [{"name": "A", "code": "KQ.G15.000031"}] * 2, None, "A"])
def test_several_results_are_for_a_person_to_choose(results: Any) -> None:
    reading = read(results=results)
    assert reading.entry is not None
    assert reading.entry.result_name is None
    assert {field for field, _ in left(reading)} == {"results"}


@pytest.mark.parametrize("text", ["Bị bãi bỏ", "repealed"])
def test_a_row_may_say_that_a_procedure_is_repealed(text: str) -> None:
    assert read(state=text, channels=[]).standing is Standing.REPEALED


def test_what_nobody_knows_is_told() -> None:
    reading = read(state="Đang xem xét", levels=["Cấp xã", "Cấp huyện"], note="gì đó")
    assert reading.entry is not None
    assert sorted(left(reading)) == [
        ("levels", "Cấp huyện"),
        ("note", "note: gì đó"),
        ("state", "Đang xem xét"),
    ]
