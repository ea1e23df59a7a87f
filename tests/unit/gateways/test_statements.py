"""Statements as banks write them, in CSV and in XLSX."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.errors.statements import StatementLineUnreadable, StatementUnreadable
from engine.gateways.statements.formats import format_of, formats
from engine.gateways.statements.reading import StatementLine, read_statement
from engine.settings import Settings, SettingsError
from tests.clock import VIETNAM

BANK = format_of(Settings(), "bank")
VNPAY = format_of(Settings(), "vnpay")
HEAD = "Ngày giao dịch;Số tham chiếu;GHI NỢ;Ghi có;Nội dung\n"
NOON = datetime(2026, 7, 6, 12, 5, tzinfo=VIETNAM)


def lines(text: str) -> list[StatementLine]:
    """The lines of a bank's statement."""
    return read_statement(text.encode(), BANK)


def test_a_statement_with_words_above_and_sums_below() -> None:
    found = lines(
        f"SAO KÊ TÀI KHOẢN;;;;\n;;;;\n{HEAD}"
        "06/07/2026 12:05;FT1;;8.000;MC2345 NGUYEN VAN A\n"
        '06/07/2026 12:05:00;FT2;"1,250,000.00";;Hoan tien\n'
        "\nTổng cộng;;1.250.000;8.000;\nSố dư;;;9;"
    )
    assert found == [
        StatementLine(4, "FT1", NOON, 8_000, "MC2345 NGUYEN VAN A"),
        StatementLine(5, "FT2", NOON, -1_250_000, "Hoan tien"),
    ]


def test_a_spreadsheet_with_real_moments_and_numbers() -> None:
    book, packed = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã đơn hàng", "Mã giao dịch VNPAY", "Thời gian giao dịch", "Số tiền"])
    sheet.append(["260706ABC", 14226112, NOON.replace(tzinfo=None), 8000.0])
    book.save(packed)
    found = read_statement(packed.getvalue(), VNPAY)
    assert found == [StatementLine(2, "14226112", NOON, 8_000, "", "260706ABC")]


def test_lines_that_are_alike_are_told_apart_and_known_again() -> None:
    line = "06/07/2026;;;8.000;tien mat\n"
    first, again = lines(HEAD + line * 2), lines(HEAD + line * 2)
    assert first[0].digest != first[1].digest
    assert [each.digest for each in first] == [each.digest for each in again]


@pytest.mark.parametrize(
    "line",
    [
        "06/07/2026;FT1;;8.000,5;x", "06/07/2026;FT1;;;x",
        "06/07/2026;FT1;5;5;x", "06/07/2026;FT1;;1e5;x", "7/2026;FT1;;5;x", ";FT1;;5;x",
        "06/07/2026;FT1;;=A1;x", f"06/07/2026;{'F' * 101};;5;x",
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_refuses_the_file_and_is_named(line: str) -> None:
    with pytest.raises(StatementLineUnreadable) as refused:
        lines(f"{HEAD}06/07/2026;FT0;;5;x\n{line}\n")
    assert refused.value.details["line"] == 3


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"PK\x03\x04", b"a;b\n1;2", HEAD.encode()])
def test_what_is_no_statement_is_refused(content: bytes) -> None:
    with pytest.raises(StatementUnreadable):
        read_statement(content, BANK)


def test_an_office_adds_formats_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[xa]\nname = "Ngân hàng xã"\ngateway = false\nmoments = ["%d/%m/%y"]\n'
        '[xa.columns]\nreference = ["So GD"]\nat = ["Ngay"]\namount = ["Tien"]\n',
        encoding="utf-8",
    )
    settings = Settings(statement_formats=str(own))
    assert set(formats(settings)) == {"vnpay", "bank", "xa"}
    (line,) = read_statement(b"Ngay,So GD,Tien\n06/07/26,7,-5\n", format_of(settings, "xa"))
    assert (line.reference, line.amount) == ("7", -5)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[xa]\nname = "x"\ngateway = false\nmoments = []\n[xa.columns]\nat = ["a"]')
    with pytest.raises(SettingsError):
        formats(Settings(statement_formats=str(wrong)))
