"""Working calendars: due dates, days off, working hours, and announcements of them."""

from collections.abc import Callable
from typing import Any, TypeVar

from marshmallow import ValidationError, fields, post_load, validates

from api.fields import Choice, Code, Day, In, Items, Moment, Out, Part, Text, Whole
from api.paging import PageIn, page_of
from api.v1.schemas.history import DayOut
from bpmn.time_limit import StartRule, TimeLimit
from engine.deadlines.announcement import AnnouncedDay, DayKind, swap
from engine.deadlines.hours import Hours, Season, read_session, read_sessions

Read = TypeVar("Read")


def _said(read: Callable[..., Read], *values: Any) -> Read:
    """What is read, or a message of the field."""
    try:
        return read(*values)
    except ValueError as error:
        raise ValidationError(str(error)) from error


_SESSION = r"[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}"
SESSIONS = rf"{_SESSION}(, ?{_SESSION}){{0,5}}"
LIMIT = r"([0-9]{1,6}([.][0-9]{1,4})? (hours|working_days|days|months)|same_day)"


class DueIn(In):
    """Từ lúc nào (bỏ trống: bây giờ), bao lâu, và tính thế nào."""

    start = Moment(data_key="from")
    limit = Text(
        40,
        1,
        pattern=(LIMIT, "Hãy ghi số và đơn vị, ví dụ: 3 working_days."),
        required=True,
        metadata={"description": "Ví dụ: 3 working_days, 8 hours, same_day."},
    )
    rule = Choice(StartRule)
    agency = Code(metadata={"description": "Theo lịch của cơ quan này; bỏ trống: lịch quốc gia."})
    sessions = Text(
        200,
        1,
        pattern=(SESSIONS, "Hãy ghi như 7:00-11:30,13:30-17:00."),
        metadata={"description": "Giờ làm việc thay cho giờ của lịch."},
    )

    @validates("sessions")
    def are_sessions(self, value: str, data_key: str) -> None:
        """Sessions in order."""
        _said(read_sessions, value)

    @validates("limit")
    def is_limit(self, value: str, data_key: str) -> None:
        """A time limit as procedures write it."""
        _said(TimeLimit.parse, value)


class DueOut(Out):
    """Hạn, và từng ngày trên đường đến hạn."""

    due_at = Moment()
    days = fields.List(fields.Nested(DayOut))


class YearIn(In):
    """Năm dương lịch."""

    year = Whole(1990, 2100, in_query=True, required=True)
    agency = Code(metadata={"description": "Theo lịch của cơ quan này; bỏ trống: lịch quốc gia."})


class NamedDayOut(Out):
    """Một ngày, với lý do."""

    date = fields.Date()
    why = fields.String()


class YearOut(Out):
    """Ngày nghỉ và ngày làm bù của một năm."""

    year = fields.Integer()
    agency = fields.String(allow_none=True)
    days_off = fields.List(fields.Nested(NamedDayOut))
    makeup_days = fields.List(fields.Nested(NamedDayOut))


class HoursOut(Out):
    """Giờ làm việc: các buổi trong ngày, từ ngày nào, vào mùa nào (tháng-ngày, cả hai ngày)."""

    sessions = fields.List(fields.String())
    from_ = fields.Date(data_key="from", attribute="from", allow_none=True)
    season = fields.List(fields.String(), allow_none=True)


class AgencyIn(In):
    """Một cơ quan; bỏ trống: lịch quốc gia."""

    agency = Code()


class AgencyHoursOut(Out):
    """Giờ làm việc; trong các mục áp dụng cho một ngày, mục cuối là giờ của ngày đó."""

    agency = fields.String(allow_none=True)
    hours = fields.List(fields.Nested(HoursOut))


class AnnouncedDayIn(In):
    """Một ngày: nghỉ (`off`), làm bù (`made_up`), hoặc trở lại như thường (`normal`)."""

    day = Day(data_key="date", required=True)
    kind = Choice(DayKind, required=True)
    why = Text(200, 1, required=True, metadata={"description": "Hiện trong giải thích hạn trả."})


class SwapIn(In):
    """Hoán đổi: nghỉ một ngày làm việc, làm bù vào một ngày nghỉ."""

    day_off = Day(required=True)
    makeup_day = Day(required=True)


class HoursIn(In):
    """Giờ làm việc từ một ngày (bỏ trống: hôm nay), cả năm hoặc trong một mùa."""

    sessions = Items(
        Text(11, 9, pattern=(_SESSION, "Hãy ghi như 07:00-11:30.")), 6, 1, required=True
    )
    since = Day(data_key="from")
    season = Items(
        Text(5, 5, pattern=("[0-9]{2}-[0-9]{2}", "Hãy ghi tháng-ngày, ví dụ 04-16.")),
        2,
        2,
        metadata={"description": "Ngày đầu và ngày cuối (tháng-ngày); có thể qua năm mới."},
    )

    @post_load
    def hours(self, data: dict[str, Any], **kwargs: Any) -> Hours:
        """Hours that make sense."""
        sessions = tuple(_said(read_session, text) for text in data["sessions"])
        season = _said(Season.read, *data["season"]) if "season" in data else None
        return _said(Hours, sessions, data.get("since"), season)


class AnnouncementIn(In):
    """Ngày nghỉ, ngày làm bù, giờ làm việc được công bố cùng nhau, theo một văn bản."""

    agency = Code(
        required=True,
        allow_none=True,
        metadata={"description": "Cho cơ quan này và các cơ quan cấp dưới; null: cả nước."},
    )
    source = Text(500, 1, required=True, metadata={"description": "Số, ngày của văn bản."})
    days = Items(Part(AnnouncedDayIn), 100, load_default=())
    swaps = Items(Part(SwapIn), 50, load_default=())
    hours = Items(Part(HoursIn), 12, load_default=())

    @post_load
    def flat(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Swaps as the two days that each consists of; every day knows its field."""
        days = [
            AnnouncedDay(**day, field=f"days.{number}.date")
            for number, day in enumerate(data["days"])
        ]
        for number, pair in enumerate(data.pop("swaps")):
            days += swap(pair["day_off"], pair["makeup_day"], f"swaps.{number}")
        return {**data, "days": tuple(days), "hours": tuple(data["hours"])}


class AnnouncedDayOut(Out):
    """Một ngày được công bố."""

    date = fields.Date()
    kind = fields.String()
    why = fields.String()


class AnnouncementOut(Out):
    """Một công bố. `settled_at`: từ khi mọi hồ sơ đang giải quyết đã theo lịch mới."""

    id = fields.Integer()
    agency = fields.String(allow_none=True)
    source = fields.String()
    days = fields.List(fields.Nested(AnnouncedDayOut))
    hours = fields.List(fields.Nested(HoursOut))
    first_day = fields.Date()
    announced_at = Moment()
    announced_by = fields.String(allow_none=True)
    settled_at = Moment(allow_none=True)
    moved = fields.Integer(metadata={"description": "Số hồ sơ đã thay đổi hạn trả."})


AnnouncementPage = page_of(AnnouncementOut)


class AnnouncementListIn(PageIn):
    """Công bố áp dụng cho một cơ quan; bỏ trống: mọi công bố."""

    agency = Code()


class PreviewOut(Out):
    """Lịch sẽ thành ra thế nào trong các năm được nêu, và bao nhiêu hồ sơ có thể đổi hạn."""

    agencies = fields.Integer(metadata={"description": "Số cơ quan áp dụng."})
    dossiers = fields.Integer(metadata={"description": "Số hồ sơ đang giải quyết trong phạm vi."})
    days_off = fields.List(fields.Nested(NamedDayOut))
    makeup_days = fields.List(fields.Nested(NamedDayOut))
    hours = fields.List(fields.Nested(HoursOut))


class EffectOut(Out):
    """Một hồ sơ có hạn trả thay đổi."""

    code = fields.String()
    before = Moment()
    after = Moment()


EffectPage = page_of(EffectOut)
