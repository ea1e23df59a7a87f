"""Dossiers that one agency received for another of its level, wherever citizens live: by agency."""

from sqlalchemy import ColumnElement, Connection, and_, or_

from engine.model.report import Cell, Column, Kind
from engine.reports.bases import RECEIVED, RECEIVED_FOR_US, Basis
from engine.reports.dimensions import BY_AGENCY, every_agency
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share
from engine.reports.tally import counting
from engine.store.tables import dossier


def _plan(tx: Connection, extent: Extent) -> Plan:
    sideways = _sideways(extent)
    return Plan(
        title="Hồ sơ phi địa giới hành chính",
        rows=BY_AGENCY,
        columns=[
            _of(RECEIVED, "received", "Hồ sơ tiếp nhận", None),
            _of(RECEIVED, "for_others", "Tiếp nhận hộ cơ quan khác", sideways),
            Share(
                Column("share", "Tỷ lệ phi địa giới", Cell.RATE),
                "for_others", ("received",), "hồ sơ cơ quan tiếp nhận trong kỳ",
            ),
            _of(RECEIVED_FOR_US, "competent", "Hồ sơ thuộc thẩm quyền", None),
            _of(RECEIVED_FOR_US, "by_others", "Do cơ quan khác tiếp nhận hộ", sideways),
            Share(
                Column("share_by_others", "Tỷ lệ được tiếp nhận hộ", Cell.RATE),
                "by_others", ("competent",), "hồ sơ tiếp nhận trong kỳ thuộc thẩm quyền",
            ),
        ],
        notes=[
            "Phi địa giới là hồ sơ do cơ quan cùng cấp khác tiếp nhận; hồ sơ cấp xã tiếp nhận để"
            " cấp tỉnh giải quyết, hoặc ngược lại, không tính.",
            "Số liệu của một cơ quan gồm cả các cơ quan cấp dưới.",
        ],
        paths=every_agency(extent),
    )  # fmt: skip


def _sideways(extent: Extent) -> ColumnElement[bool]:
    """That another agency decides than the one that received, and both are of one level."""
    levels: dict[str, list[str]] = {}
    for each in extent.scene.agencies.values():
        levels.setdefault(each.level, []).append(each.code)
    receiving, competent = dossier.c.receiving_agency, dossier.c.competent_agency
    same = (and_(receiving.in_(codes), competent.in_(codes)) for codes in levels.values())
    return and_(receiving != competent, or_(*same))


def _of(basis: Basis, key: str, title: str, where: ColumnElement[bool] | None) -> Counted:
    return Counted(Column(key, title), (basis,), where)


COUNTING = counting(Kind.NON_TERRITORIAL, _plan)
