"""How much of the papers is data, at every level of the organisation: digitised, used again,
signed (R20, R26, R30).

Papers count for whoever receives them, results for whoever decides.
"""

from sqlalchemy import ColumnElement, Connection, and_, exists, func, not_, or_, select

from bpmn.steps import Outcome
from engine.model.document import DocumentKind
from engine.model.report import Cell, Column, Kind
from engine.reports.bases import ISSUED_PAPERS, RECEIVED, RESOLVED, Basis
from engine.reports.dimensions import BY_AGENCY, every_agency
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share, adds_up
from engine.reports.tally import counting
from engine.store.digitising_tables import obtained_component
from engine.store.paper_tables import document
from engine.store.tables import dossier

_BELOW = "Số liệu của một cơ quan gồm cả các cơ quan cấp dưới."
_DUE = dossier.c.components_due > 0
_DIGITISED = and_(_DUE, dossier.c.components_digitised >= dossier.c.components_due)
GIVEN_OUT = or_(dossier.c.outcome.is_(None), dossier.c.outcome == Outcome.DELIVERED)
_HAS_RESULT = (
    exists()
    .where(document.c.dossier_id == dossier.c.id, document.c.kind == DocumentKind.RESULT)
    .correlate(dossier)
)
REUSING = dossier.c.components_reused > 0
_OBTAINED = obtained_component.c.dossier_id == dossier.c.id
_LOOKED_UP = select(func.count()).where(_OBTAINED).correlate(dossier).scalar_subquery()
LOOKING_UP = exists().where(_OBTAINED).correlate(dossier)
_SIGNED = and_(document.c.signed_leader, document.c.sealed)
_IN, _OUT = "Thành phần hồ sơ (đầu vào)", "Kết quả giải quyết"


def _digitisation(tx: Connection, extent: Extent) -> Plan:
    return Plan(
        title="Số hóa thành phần hồ sơ và kết quả giải quyết",
        rows=BY_AGENCY,
        columns=[
            _of(RECEIVED, "received", "Hồ sơ tiếp nhận", _IN),
            _of(RECEIVED, "due", "Có thành phần phải số hóa", _IN, _DUE),
            _of(RECEIVED, "digitised", "Đã số hóa đủ", _IN, _DIGITISED),
            _of(RECEIVED, "missing", "Chưa số hóa đủ", _IN, and_(_DUE, not_(_DIGITISED))),
            _share("share_in", "Tỷ lệ số hóa", _IN, "digitised", "due",
                   "hồ sơ tiếp nhận trong kỳ có thành phần phải số hóa"),
            _of(RESOLVED, "results", "Hồ sơ có kết quả", _OUT, GIVEN_OUT),
            _of(RESOLVED, "electronic", "Kết quả điện tử", _OUT, ELECTRONIC),
            _of(RESOLVED, "on_paper", "Chỉ có bản giấy", _OUT, and_(GIVEN_OUT, ~_HAS_RESULT)),
            _share("share_out", "Tỷ lệ số hóa", _OUT, "electronic", "results",
                   "hồ sơ có kết quả trong kỳ, không kể từ chối, rút, dừng xử lý"),
        ],
        notes=[_BELOW, "Đầu vào tính cho cơ quan tiếp nhận, kết quả tính cho cơ quan giải quyết."],
        checks=[
            adds_up("Phải số hóa = đã đủ + chưa đủ", "due", ("digitised", "missing")),
            adds_up("Có kết quả = điện tử + chỉ bản giấy", "results", ("electronic", "on_paper")),
        ],
        paths=every_agency(extent),
    )  # fmt: skip


ELECTRONIC = and_(GIVEN_OUT, _HAS_RESULT)


def _reuse(tx: Connection, extent: Extent) -> Plan:
    reused = Column("papers", "Giấy tờ dùng lại từ kho")
    obtained = Column("obtained", "Giấy tờ khai thác từ cơ sở dữ liệu")
    return Plan(
        title="Khai thác, sử dụng lại thông tin, dữ liệu số hóa",
        rows=BY_AGENCY,
        columns=[
            _of(RECEIVED, "received", "Hồ sơ tiếp nhận"),
            _of(RECEIVED, "reusing", "Hồ sơ dùng lại giấy tờ trong kho", None, REUSING),
            _of(RECEIVED, "looking_up", "Hồ sơ khai thác cơ sở dữ liệu", None, LOOKING_UP),
            _of(RECEIVED, "either", "Hồ sơ có khai thác, dùng lại", None, REUSING | LOOKING_UP),
            _share("share", "Tỷ lệ khai thác, sử dụng lại", None, "either", "received",
                   "hồ sơ tiếp nhận trong kỳ"),
            Counted(reused, (RECEIVED,), amount=dossier.c.components_reused),
            Counted(obtained, (RECEIVED,), amount=_LOOKED_UP),
        ],
        notes=[_BELOW, "Tính cho cơ quan tiếp nhận."],
        paths=every_agency(extent),
    )  # fmt: skip


def _signatures(tx: Connection, extent: Extent) -> Plan:
    unsigned, unsealed = ~document.c.signed_leader, and_(document.c.signed_leader, _UNSEALED)
    return Plan(
        title="Ký số kết quả, văn bản từ chối",
        rows=BY_AGENCY,
        columns=[
            _of(ISSUED_PAPERS, "issued", "Văn bản đã ban hành"),
            _of(ISSUED_PAPERS, "signed", "Đủ chữ ký số và dấu số", None, _SIGNED),
            _of(ISSUED_PAPERS, "unsigned", "Thiếu chữ ký của người có thẩm quyền", _LACK, unsigned),
            _of(ISSUED_PAPERS, "unsealed", "Chỉ thiếu dấu số của cơ quan", _LACK, unsealed),
            _share("share", "Tỷ lệ ký số", None, "signed", "issued",
                   "kết quả và văn bản từ chối của hồ sơ kết thúc trong kỳ"),
            _of(RESOLVED, "without", "Hồ sơ có kết quả mà không có bản điện tử", None,
                and_(GIVEN_OUT, ~_HAS_RESULT)),
        ],
        notes=[_BELOW, "Số văn bản, không phải số hồ sơ; tính cho cơ quan giải quyết."],
        checks=[adds_up("Đã ban hành = đủ + thiếu", "issued", ("signed", "unsigned", "unsealed"))],
        paths=every_agency(extent),
    )  # fmt: skip


_UNSEALED, _LACK = ~document.c.sealed, "Chưa đủ chữ ký số"


def _of(
    basis: Basis,
    key: str,
    title: str,
    group: str | None = None,
    where: ColumnElement[bool] | None = None,
) -> Counted:
    return Counted(Column(key, title, group=group), (basis,), where)


def _share(key: str, title: str, group: str | None, part: str, whole: str, of: str) -> Share:
    return Share(Column(key, title, Cell.RATE, group), part, (whole,), of)


DIGITISATION = counting(Kind.DIGITISATION, _digitisation)
REUSE = counting(Kind.REUSE, _reuse)
SIGNATURES = counting(Kind.SIGNATURES, _signatures)
