"""Errors around how citizens are reached and told."""

from engine.errors import EngineError, Kind


class ContactReached(EngineError):
    """Liên hệ này của hồ sơ {code} đã được báo hỏng hoặc vừa được sửa; không cần báo lại."""

    code, kind = "contact_reached", Kind.CONFLICT


class PartyUnknown(EngineError):
    """Hồ sơ {code} không có người này. Hãy chọn người nộp hoặc chủ hồ sơ như đã khai."""

    code, kind = "party_unknown", Kind.INVALID


class NoticeUnknown(EngineError):
    """Không có tin báo này ở hồ sơ {code}."""

    code, kind = "notice_unknown", Kind.NOT_FOUND


class NoticeWaiting(EngineError):
    """Tin báo này còn đang chờ gửi, chưa cần gửi lại."""

    code, kind = "notice_waiting", Kind.CONFLICT


class NoAddress(EngineError):
    """Người này của hồ sơ {code} không có {means} để báo tin. Hãy sửa liên hệ trước."""

    code, kind = "no_address", Kind.CONFLICT
