"""Agencies and working calendars."""

from marshmallow import ValidationError, fields, validates

from api.fields import Choice, In, Moment, Out, Text, Whole
from api.paging import page_of
from api.v1.schemas.history import DayOut
from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError


class UnitOut(Out):
    """Một đơn vị của cơ quan."""

    code = fields.String()
    name = fields.String()


class AgencyOut(Out):
    """Một cơ quan với các đơn vị."""

    code = fields.String()
    name = fields.String()
    level = fields.String()
    parent = fields.String(allow_none=True)
    units = fields.List(fields.Nested(UnitOut))


AgencyPage = page_of(AgencyOut)


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

    @validates("limit")
    def is_limit(self, value: str, data_key: str) -> None:
        """A time limit as procedures write it."""
        try:
            TimeLimit.parse(value)
        except TimeLimitError as error:
            raise ValidationError(str(error)) from error


class DueOut(Out):
    """Hạn, và từng ngày trên đường đến hạn."""

    due_at = Moment()
    days = fields.List(fields.Nested(DayOut))


class YearIn(In):
    """Năm dương lịch."""

    year = Whole(1990, 2100, in_query=True, required=True)


class NamedDayOut(Out):
    """Một ngày, với lý do."""

    date = fields.Date()
    why = fields.String()


class YearOut(Out):
    """Ngày nghỉ và ngày làm bù của một năm."""

    year = fields.Integer()
    days_off = fields.List(fields.Nested(NamedDayOut))
    makeup_days = fields.List(fields.Nested(NamedDayOut))
