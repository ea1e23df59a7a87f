"""What was sent back to citizens instead of a result, and why (R17): by field and procedure."""

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_

from bpmn.steps import Outcome, PauseCode
from engine.model.report import Cell, Column, Kind
from engine.reports.bases import PAUSES_BEGUN, RESOLVED
from engine.reports.dimensions import BY_PROCEDURE
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share, adds_up
from engine.reports.tally import counting
from engine.store.board_tables import spell
from engine.store.tables import dossier, dossier_life

_NOT_TAKEN, _ASKED = "Không tiếp nhận", "Lượt yêu cầu bổ sung"
_OF = "hồ sơ kết thúc trong kỳ, bằng bất cứ kết quả nào"


def _said_no(question: str) -> ColumnElement[bool]:
    """That the counter answered no to a question of its check (bpmn/shared/receipt.bpmn)."""
    answers = dossier_life.c.life["facts"]["check_papers"]
    this = dossier_life.c.dossier_id == dossier.c.id
    no = answers[question].as_boolean().is_(False)
    return exists().where(this, no).correlate(dossier)


_REFUSED = dossier.c.outcome == Outcome.REFUSED
_AT_COUNTER = dossier.c.outcome == Outcome.REFUSED_INTAKE
_PAPERS = and_(_AT_COUNTER, _said_no("papers_sufficient"))
_IDENTITY = and_(_AT_COUNTER, not_(_said_no("papers_sufficient")), _said_no("identity_verified"))
_OTHER = and_(_AT_COUNTER, not_(_said_no("papers_sufficient")), not_(_said_no("identity_verified")))
_SUPPLEMENT = spell.c.reason == PauseCode.SUPPLEMENT
_BEFORE = or_(dossier.c.received_at.is_(None), spell.c.since < dossier.c.received_at)


def _plan(tx: Connection, extent: Extent) -> Plan:
    return Plan(
        title="Hồ sơ bị trả lại, từ chối, yêu cầu bổ sung theo lý do",
        rows=BY_PROCEDURE,
        columns=[
            _ended("ended", "Hồ sơ kết thúc trong kỳ", None),
            _ended("not_taken", "Tổng số", _NOT_TAKEN, _AT_COUNTER),
            _ended("papers", "Thành phần hồ sơ chưa đầy đủ, hợp lệ", _NOT_TAKEN, _PAPERS),
            _ended("identity", "Chưa xác thực được danh tính", _NOT_TAKEN, _IDENTITY),
            _ended("other", "Lý do khác", _NOT_TAKEN, _OTHER),
            _ended("refused", "Từ chối giải quyết", None, _REFUSED),
            _ended("returned", "Cộng trả lại, từ chối", None, _AT_COUNTER | _REFUSED),
            Share(
                Column("share", "Tỷ lệ trả lại, từ chối", Cell.RATE),
                "returned", ("ended",), _OF,
            ),
            _ended("withdrawn", "Công dân rút", None, dossier.c.outcome == Outcome.WITHDRAWN),
            _ended("stopped", "Dừng xử lý", None, dossier.c.outcome == Outcome.DISCONTINUED),
            _asked("asked_before", "Bổ sung trước khi tiếp nhận", _BEFORE),
            _asked("asked_after", "Bổ sung sau khi tiếp nhận", ~_BEFORE),
        ],
        notes=[
            "Lý do không tiếp nhận là kết quả kiểm tra ghi ở Bộ phận Một cửa; lý do từ chối giải"
            " quyết ghi trong văn bản từ chối của từng hồ sơ.",
        ],
        checks=[
            adds_up("Không tiếp nhận = cộng các lý do", "not_taken",
                    ("papers", "identity", "other")),
            adds_up("Trả lại, từ chối = không tiếp nhận + từ chối", "returned",
                    ("not_taken", "refused")),
        ],
    )  # fmt: skip


def _ended(
    key: str, title: str, group: str | None, where: ColumnElement[bool] | None = None
) -> Counted:
    return Counted(Column(key, title, group=group), (RESOLVED,), where)


def _asked(key: str, title: str, where: ColumnElement[bool]) -> Counted:
    column = Column(key, title, group=_ASKED)
    return Counted(column, (PAUSES_BEGUN,), and_(_SUPPLEMENT, where))


COUNTING = counting(Kind.RETURNS, _plan)
