"""Timers that could not be fired."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from api.paging import PageIn, page_of
from engine.life.timers import TimerKind
from engine.queries.timers import FailedState


class FailedTimersIn(PageIn):
    """Lọc hẹn giờ hỏng."""

    state = Choice(FailedState)


class FailedTimerOut(Out):
    """Một hẹn giờ không chạy được."""

    dossier = fields.String()
    agency = fields.String()
    procedure = fields.String()
    kind = Choice(TimerKind)
    place = fields.Integer(metadata={"description": "Số của việc hay chỗ chờ; 0 là cả hồ sơ."})
    state = Choice(FailedState)
    due_at = Moment()
    attempts = fields.Integer(metadata={"description": "Số lần đã thử."})
    last_error = fields.String(allow_none=True)
    failed_at = Moment(allow_none=True)
    next_attempt_at = Moment(
        allow_none=True, metadata={"description": "Lần thử sau; null là không tự thử nữa."}
    )


FailedTimerPage = page_of(FailedTimerOut)


class RerunOut(Out):
    """Đã cho chạy lại bao nhiêu hẹn giờ."""

    rerun = fields.Integer()
