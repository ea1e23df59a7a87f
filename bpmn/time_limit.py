"""Time limits as a diagram or a procedure's facts write them: `3 working_days`, `1.5 hours`."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_TEXT = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) +([a-z_]+)")
_WORKING_DAYS_A_MONTH = 22


class Unit(StrEnum):
    """What a limit is counted in. Hours are working hours; days are calendar days."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    SAME_DAY = "same_day"


class StartRule(StrEnum):
    """From when a limit counts: the very moment, or the day after (Civil Code 2015, Art. 147)."""

    INSTANT = "INSTANT"
    NEXT_DAY = "NEXT_DAY"


# Ten years of each unit; no administrative time limit comes near.
_MOST = {
    Unit.HOURS: 20_880,
    Unit.WORKING_DAYS: 2_610,
    Unit.DAYS: 3_650,
    Unit.MONTHS: 120,
    Unit.SAME_DAY: 1,
}
_WORDS = {
    Unit.HOURS: "giờ làm việc",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.DAYS: "ngày",
    Unit.MONTHS: "tháng",
}


class TimeLimitError(ValueError):
    """A time limit that cannot be meant; the message says in Vietnamese how to write one."""


@dataclass(frozen=True)
class TimeLimit:
    """How long something may take.

    Hours and working days may have up to two decimals (`0.5 working_days` is half a day's
    working hours); days and months are whole. Only hours may be zero: "at once".
    Raises `TimeLimitError` for an amount that is negative, not finite, over ten years or
    more finely divided than its unit allows.
    """

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount.is_signed():
            raise TimeLimitError("Thời hạn phải là một số không âm, ví dụ: 3 working_days.")
        if self.amount > _MOST[self.unit]:
            raise TimeLimitError(
                f"Thời hạn quá dài: tối đa {_MOST[self.unit]} {self.unit}. Hãy nhập số nhỏ hơn."
            )
        if not self.amount and self.unit is not Unit.HOURS:
            raise TimeLimitError("Thời hạn bằng không chỉ dùng với giờ: hãy ghi 0 hours.")
        self._check_fraction()

    def _check_fraction(self) -> None:
        divisible = self.unit in (Unit.HOURS, Unit.WORKING_DAYS)
        if self.amount % (Decimal("0.01") if divisible else 1):
            raise TimeLimitError(
                "Số lẻ chỉ dùng với hours và working_days, tối đa hai chữ số thập phân;"
                " hãy ghi số nguyên, ví dụ: 15 days."
            )

    @classmethod
    def parse(cls, text: str) -> "TimeLimit":
        """Read `<amount> <unit>` or plain `same_day`; ASCII digits, decimal point.

        Raises `TimeLimitError` for anything else.
        """
        text = text.strip(" ")
        match = _TEXT.fullmatch("1 same_day" if text == "same_day" else text)
        if match is None or match[2] not in list(Unit):
            raise TimeLimitError(
                f"Không hiểu thời hạn “{text[:40]}”. Hãy ghi số và đơn vị, ví dụ: 3 working_days,"
                " 1.5 hours, 15 days, 1 months hoặc same_day."
            )
        return cls(Decimal(match[1]), Unit(match[2]))

    def __str__(self) -> str:
        """Give the canonical text; `TimeLimit.parse` reads it back to an equal limit."""
        return str(self.unit) if self.unit is Unit.SAME_DAY else f"{self._plain()} {self.unit}"

    def in_words(self) -> str:
        """Say it as staff do: "3 ngày làm việc", "1,5 giờ làm việc", "trong ngày"."""
        if self.unit is Unit.SAME_DAY:
            return "trong ngày"
        return f"{self._plain().replace('.', ',')} {_WORDS[self.unit]}"

    def working_hours(self, hours_a_day: Decimal = Decimal(8)) -> Decimal:
        """Estimate how many working hours the limit grants, for summing the limits of steps.

        Hours and working days are exact. A week of calendar days is taken for five working
        days and a month for 22, holidays left aside; calendar days are rounded to the hour.
        """
        if self.unit is Unit.HOURS:
            return self.amount
        hours = self.amount * hours_a_day
        if self.unit is Unit.MONTHS:
            return hours * _WORKING_DAYS_A_MONTH
        if self.unit is Unit.DAYS:
            return (hours * 5 / 7).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return hours

    def _plain(self) -> str:
        return f"{self.amount.normalize():f}"
