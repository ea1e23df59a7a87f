"""The columns of «Tình hình, kết quả giải quyết TTHC» (Biểu II.06, circular 02/2017/TT-VPCP).

(3) to (13) are those of the form. The others stand beside them: dossiers that ended another way
than with a result, which the form has no column for, and what of those in progress rests.
"""

from collections.abc import Mapping

from engine.model.report import Cell, Column, Rate, Value
from engine.reports.standing_then import Fate, Narrowing, Origin, Place, Rest, Tally

RESOLVED = (Fate.EARLY, Fate.ON_TIME, Fate.LATE)
GOING = (Fate.IN_TIME, Fate.OVERDUE)

NARROWINGS: Mapping[str, Narrowing] = {
    "received": {},
    "online": {"origin": [Origin.ONLINE]},
    "direct": {"origin": [Origin.DIRECT]},
    "carried_over": {"origin": [Origin.CARRIED_OVER]},
    "resolved": {"fate": RESOLVED},
    "early": {"fate": [Fate.EARLY]},
    "on_time": {"fate": [Fate.ON_TIME]},
    "late": {"fate": [Fate.LATE]},
    "in_progress": {"fate": GOING},
    "in_time": {"fate": [Fate.IN_TIME]},
    "overdue": {"fate": [Fate.OVERDUE]},
    "refused": {"fate": [Fate.REFUSED]},
    "withdrawn": {"fate": [Fate.WITHDRAWN]},
    "discontinued": {"fate": [Fate.DISCONTINUED]},
    "paused": {"fate": GOING, "rest": [Rest.WITHIN, Rest.OVER]},
    "paused_over": {"fate": GOING, "rest": [Rest.OVER]},
    "put_off": {"fate": RESOLVED, "put_off": [True]},
}
"""Which places each column counts."""

_RECEIVED = "Số hồ sơ nhận giải quyết"
_RESOLVED = "Kết quả: đã giải quyết"
_GOING = "Kết quả: đang giải quyết"
_OTHER = "Kết thúc khác (ngoài biểu)"
_RESTING = "Trong số đang giải quyết (ngoài biểu)"
_RATES = "Tỷ lệ (ngoài biểu)"

COLUMNS = (
    Column("received", "Tổng số", group=_RECEIVED, number="(3)"),
    Column("online", "Trong kỳ: trực tuyến", group=_RECEIVED, number="(4)"),
    Column("direct", "Trong kỳ: trực tiếp, bưu chính", group=_RECEIVED, number="(5)"),
    Column("carried_over", "Từ kỳ trước", group=_RECEIVED, number="(6)"),
    Column("resolved", "Tổng số", group=_RESOLVED, number="(7)"),
    Column("early", "Trước hạn", group=_RESOLVED, number="(8)"),
    Column("on_time", "Đúng hạn", group=_RESOLVED, number="(9)"),
    Column("late", "Quá hạn", group=_RESOLVED, number="(10)"),
    Column("in_progress", "Tổng số", group=_GOING, number="(11)"),
    Column("in_time", "Trong hạn", group=_GOING, number="(12)"),
    Column("overdue", "Quá hạn", group=_GOING, number="(13)"),
    Column("refused", "Từ chối, trả lại", group=_OTHER),
    Column("withdrawn", "Công dân rút", group=_OTHER),
    Column("discontinued", "Dừng giải quyết", group=_OTHER),
    Column("paused", "Tạm dừng", group=_RESTING),
    Column("paused_over", "Tạm dừng quá hạn", group=_RESTING),
    Column("put_off", "Đã giải quyết trong hạn nhờ hạn được lùi", group="Ngoài biểu"),
    Column("online_of_all", "Trực tuyến trên tổng số nhận", Cell.RATE, _RATES),
    Column("online_of_new", "Trực tuyến trên mới tiếp nhận", Cell.RATE, _RATES),
    Column("in_time_of_resolved", "Trước và đúng hạn trên đã giải quyết", Cell.RATE, _RATES),
)


_SUMS = ("received", "resolved", "in_progress")
"""Columns that others of the form add up to."""


def columns_of(place: Place) -> list[str]:
    """The columns that count a dossier in this place, without those that are sums of others."""
    said = vars(place)
    return [
        column
        for column, narrowing in NARROWINGS.items()
        if column not in _SUMS and all(said[name] in values for name, values in narrowing.items())
    ]


def figures(tally: Tally) -> dict[str, int]:
    """The number in each column that counts."""
    numbers = dict.fromkeys(NARROWINGS, 0)
    for place, number in tally.items():
        said = vars(place)
        for column, narrowing in NARROWINGS.items():
            if all(said[name] in values for name, values in narrowing.items()):
                numbers[column] += number
    return numbers


def cells(tally: Tally) -> dict[str, Value]:
    """What stands in each column."""
    said = figures(tally)
    new = said["online"] + said["direct"]
    everything = f"tổng số hồ sơ nhận giải quyết, cột (3), gồm {said['carried_over']} từ kỳ trước"
    return {
        **said,
        "online_of_all": Rate(said["online"], said["received"], everything),
        "online_of_new": Rate(said["online"], new, "hồ sơ mới tiếp nhận trong kỳ, cột (4) + (5)"),
        "in_time_of_resolved": Rate(
            said["early"] + said["on_time"], said["resolved"], "hồ sơ đã giải quyết, cột (7)"
        ),
    }
