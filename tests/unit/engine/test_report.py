"""Rates say what they are of, and never more than is true."""

from decimal import Decimal

import pytest

from engine.model.report import Rate


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (250, 278, "89.93"),  # printed as 89,92 in one report: cut off, not rounded
        (516, 517, "99.81"),  # printed as 99,99 in another
        (1, 8, "12.50"),
        (1, 800, "0.13"),  # half up
        (99_999, 100_000, "99.99"),
        (100_000, 100_000, "100.00"),
        (0, 5, "0.00"),
    ],
)
def test_half_up_to_two_decimals_and_all_only_where_it_is_all(
    part: int, whole: int, percent: str
) -> None:
    assert Rate(part, whole, "hồ sơ tiếp nhận").percent == Decimal(percent)


def test_a_part_of_nothing_is_no_percentage() -> None:
    assert Rate(0, 0, "hồ sơ tiếp nhận").percent is None
