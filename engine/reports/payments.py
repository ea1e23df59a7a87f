"""How much was paid online, by field and procedure: dossiers, procedures, transactions, đồng."""

from sqlalchemy import ColumnElement, Connection, and_, exists

from engine.model.payment import Means
from engine.model.report import Cell, Column, Kind
from engine.reports.bases import PAYMENTS, RECEIVED
from engine.reports.dimensions import BY_PROCEDURE
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Leaves, Plan, Share, adds_up
from engine.reports.tally import counting
from engine.store.money_tables import obligation, payment
from engine.store.tables import dossier

_ONLINE = payment.c.means.in_((Means.VNPAY, Means.TRANSFER))
OWING = (
    exists()
    .where(obligation.c.dossier_id == dossier.c.id, obligation.c.amount > 0)
    .correlate(dossier)
)
PAID_ONLINE = (
    exists()
    .where(payment.c.dossier_id == dossier.c.id, _ONLINE, payment.c.reversed_at.is_(None))
    .correlate(dossier)
)
_DOSSIERS, _PROCEDURES = "Hồ sơ tiếp nhận trong kỳ", "Thủ tục"
_ALL, _BY_NET = "Tiền thu trong kỳ", "Thu trực tuyến trong kỳ"


def _plan(tx: Connection, extent: Extent) -> Plan:
    return Plan(
        title="Thanh toán trực tuyến phí, lệ phí, nghĩa vụ tài chính",
        rows=BY_PROCEDURE,
        columns=[
            _dossiers("owing", "Có khoản phải nộp", OWING),
            _dossiers("online", "Đã nộp trực tuyến", and_(OWING, PAID_ONLINE)),
            _share("share", _DOSSIERS, "online", "owing",
                   "hồ sơ tiếp nhận trong kỳ có khoản phải nộp"),
            Leaves(Column("procedures", "Có khoản phải nộp", group=_PROCEDURES), "owing"),
            Leaves(Column("procedures_online", "Có nộp trực tuyến", group=_PROCEDURES), "online"),
            _share("procedures_share", _PROCEDURES, "procedures_online", "procedures",
                   "thủ tục có hồ sơ tiếp nhận trong kỳ có khoản phải nộp"),
            _payments("count", "Giao dịch", Cell.COUNT, _ALL, None),
            _payments("amount", "Số tiền", Cell.MONEY, _ALL, None),
            _payments("count_online", "Giao dịch", Cell.COUNT, _BY_NET, _ONLINE),
            _payments("amount_online", "Số tiền", Cell.MONEY, _BY_NET, _ONLINE),
            _payments("amount_else", "Thu cách khác", Cell.MONEY, None, ~_ONLINE),
        ],
        notes=[
            "Trực tuyến là qua cổng thanh toán và chuyển khoản, quét mã QR; không tính giao dịch đã"
            " thu hồi.",
            "Hồ sơ và tiền tính cho cơ quan tiếp nhận.",
        ],
        checks=[
            adds_up("Tiền thu = trực tuyến + cách khác", "amount",
                    ("amount_online", "amount_else")),
        ],
    )  # fmt: skip


def _dossiers(key: str, title: str, where: ColumnElement[bool]) -> Counted:
    return Counted(Column(key, title, group=_DOSSIERS), (RECEIVED,), where)


def _payments(
    key: str, title: str, kind: Cell, group: str | None, where: ColumnElement[bool] | None
) -> Counted:
    amount = payment.c.amount if kind is Cell.MONEY else None
    return Counted(Column(key, title, kind, group), (PAYMENTS,), where, amount)


def _share(key: str, group: str, part: str, whole: str, of: str) -> Share:
    return Share(Column(key, "Tỷ lệ", Cell.RATE, group), part, (whole,), of)


COUNTING = counting(Kind.PAYMENTS, _plan)
