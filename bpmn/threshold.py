"""When a warning is due before the end of a time limit: `80%` of it used, or `4 hours` left."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bpmn.time_limit import TimeLimit, TimeLimitError, Unit

_SHARE = re.compile(r"([1-9][0-9]?)%")


@dataclass(frozen=True)
class Threshold:
    """A share of the time used (above 0, below 1), or the working time left."""

    share: Decimal | None = None
    left: TimeLimit | None = None

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Read `<1..99>%` or a time limit in hours or working days; else `TimeLimitError`."""
        if match := _SHARE.fullmatch(text.strip()):
            return cls(share=Decimal(match[1]) / 100)
        left = TimeLimit.parse(text)
        if left.unit not in (Unit.HOURS, Unit.WORKING_DAYS) or not left.amount:
            raise TimeLimitError(
                f"Mức cảnh báo “{text}” phải là phần trăm đã dùng (80%) hoặc số giờ, số ngày làm"
                " việc còn lại (4 hours, 1 working_days)."
            )
        return cls(left=left)
