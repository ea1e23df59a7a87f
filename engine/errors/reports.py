"""What the engine refuses where reports are concerned."""

from engine.errors import EngineError, Kind


class FigureUnknown(EngineError):
    """Báo cáo {kind} không có ô ở dòng «{row}», cột «{column}». Hãy chọn một ô có trong báo cáo."""

    kind = Kind.NOT_FOUND
    code = "figure_unknown"


class ReportPeriodInvalid(EngineError):
    """Kỳ báo cáo từ {start} đến {end} không dùng được: {why}. Hãy chọn lại ngày."""

    kind = Kind.INVALID
    code = "report_period_invalid"


class ReportTooLong(EngineError):
    """Báo cáo này dài hơn {most} dòng nên không in được thành một tệp PDF. Hãy thu hẹp cơ quan,
    lĩnh vực, hoặc tải bản CSV, XLSX."""

    kind = Kind.INVALID
    code = "report_too_long"


class ReportUnknown(EngineError):
    """Không có báo cáo «{kind}». Các báo cáo: {known}."""

    kind = Kind.NOT_FOUND
    code = "report_unknown"


class ReportPeriodUnfinished(EngineError):
    """Kỳ báo cáo đến {end} chưa kết thúc nên chưa gửi được. Hãy gửi từ ngày ấy, hoặc chọn kỳ
    khác."""

    code = "report_period_unfinished"


class SentReportUnknown(EngineError):
    """Không có báo cáo đã gửi số {number}, hoặc bạn không được xem."""

    kind = Kind.NOT_FOUND
    code = "sent_report_unknown"


class ReportNotDrawn(EngineError):
    """Báo cáo này chưa được lập thành văn bản để ký. Hãy mở bản PDF của báo cáo rồi ký lại."""

    code = "report_not_drawn"


class ReportSignedAlready(EngineError):
    """Báo cáo này đã có chữ ký «{capacity}». Không ký lần thứ hai."""

    code = "report_signed_already"


class ReportSignedOutOfOrder(EngineError):
    """Chưa thể đóng dấu số báo cáo này: phải có chữ ký của người có thẩm quyền trước."""

    code = "report_signed_out_of_order"
