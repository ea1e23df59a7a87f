"""Lines of an obligation as people type them: «Lệ phí trước bạ: 1.250.000», one a line."""

import re
from datetime import date, datetime, time

from api.web.words import money
from engine.deadlines.calendar import VIETNAM
from engine.errors.money import ObligationInvalid
from engine.model.obligation import Item, Obligation

_LINE = re.compile(
    r"(?P<name>.+?)\s*[:;=]\s*(?P<amount>\d{1,3}(?:[. ]\d{3})+|\d{1,13})\s*(?:đ|đồng)?"
)
_LONGEST = 300


def read_items(lines: str) -> list[Item]:
    """The items that the lines name; raises `ObligationInvalid` for a line that names none."""
    return [_item(line.strip()) for line in lines.splitlines() if line.strip()]


def _item(line: str) -> Item:
    found = _LINE.fullmatch(line)
    if found is None or len(found["name"]) > _LONGEST:
        reason = f"không hiểu dòng «{line[:60]}»; hãy ghi tên khoản, dấu hai chấm, số đồng"
        raise ObligationInvalid(reason=reason)
    return Item(found["name"], int(re.sub(r"\D", "", found["amount"])))


def written(obligation: Obligation) -> str:
    """The items of an obligation in one line."""
    return "; ".join(f"{item.name}: {money(item.amount)}" for item in obligation.items)


def end_of(day: date) -> datetime:
    """The end of office hours of a day: until then something is to be paid."""
    return datetime.combine(day, time(17), VIETNAM)
