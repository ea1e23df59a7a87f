"""Dates, money and numbers as papers say them."""

import pytest

from engine.printing.wording import day, in_words, moment, money, short_moment, two_digits

AT = "2026-02-07T09:05:00+07:00"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1_005, "một nghìn không trăm linh năm"),
        (20_000, "hai mươi nghìn"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_000_000_000, "hai tỷ"),
        (1_050_000_045, "một tỷ không trăm năm mươi triệu không trăm bốn mươi lăm"),
        (7_000_000_000_000, "bảy nghìn tỷ"),
    ],
)
def test_amounts_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**18])
def test_what_no_fee_is_has_no_words(number: int) -> None:
    with pytest.raises(ValueError, match="10"):
        in_words(number)


def test_money_has_dots_and_its_unit() -> None:
    assert money(1_250_000) == "1.250.000 đồng"


def test_days_and_the_first_two_months_have_a_zero_before_them() -> None:
    assert day(AT) == "ngày 07 tháng 02 năm 2026"
    assert day("2026-11-27T09:32:00+07:00") == "ngày 27 tháng 11 năm 2026"


def test_moments() -> None:
    assert moment(AT) == "09 giờ 05 phút, ngày 07 tháng 02 năm 2026"
    assert short_moment(AT) == "09:05 07/02/2026"


def test_numbers_of_papers() -> None:
    assert [two_digits(n) for n in (1, 27, 1204)] == ["01", "27", "1204"]
