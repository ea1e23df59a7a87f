"""The message to the portal: a dossier as it is, and the steps that were done since the last one.

Field names and code lists are those seen at a provincial system that is connected to the portal
(docs/integrators.md says which are assumed). Texts are cut to what the portal takes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bpmn.steps import Outcome
from engine.deadlines.calendar import local
from engine.model.document import Capacity, Document, DocumentKind, Origin
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.portal.fees import fees, paid_online
from engine.portal.history import StepDone, Supplement
from engine.portal.told import Told

MOST_ABSTRACT, MOST_PERSON, MOST_TEXT = 1_000, 50, 2_000
CHANNELS = {Channel.DIRECT: "1", Channel.ONLINE: "2", Channel.POSTAL: "3"}
CITIZEN, BUSINESS = "1", "2"
PERSONAL_ID, TAX_CODE = "1", "2"

_REFUSED = (Outcome.REFUSED_INTAKE, Outcome.REFUSED)


def message(told: Told, number: int, steps: Iterable[StepDone], whole: bool) -> dict[str, Any]:
    """The body of the message with this number in its dossier.

    `whole`: `steps` are all there are, and take the place of what the portal knows of them.
    """
    return {
        "MaHoSo": told.dossier.code,
        "SoThuTu": number,
        "ToanBo": whole,
        "HoSo": dossier_part(told),
        "TienTrinh": [_step(told, step) for step in steps],
    }


def dossier_part(told: Told) -> dict[str, Any]:
    """The dossier as it is now."""
    return {**_identity(told), **_times(told.dossier), **_papers(told)}


def _identity(told: Told) -> dict[str, Any]:
    dossier, facts, owner = told.dossier, told.facts, told.owner
    online = dossier.channel is Channel.ONLINE
    number = owner.tax_code or owner.personal_id
    kind = TAX_CODE if owner.tax_code else PERSONAL_ID
    return {
        "MaHoSo": dossier.code,
        "MaTTHC": facts.code,
        "TenTTHC": facts.name,
        "MaLinhVuc": facts.field_code,
        "KenhThucHien": CHANNELS[dossier.channel],
        "ChuHoSo": owner.name,
        "LoaiDoiTuong": BUSINESS if owner.tax_code else CITIZEN,
        "MaDoiTuong": number,
        "DinhDanhCHS": [{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if number else [],
        "TrichYeuHoSo": f"{facts.name} - {owner.name}"[:MOST_ABSTRACT],
        "TrangThaiHoSo": str(told.code),
        "HinhThuc": _return_form(dossier),
        "DonViXuLy": told.agencies[dossier.competent_agency],
        "NoiNopHoSo": "1" if online else "2",
        "TaiKhoanDuocXacThucVoiVNeID": _flag(online),
        "DuocThanhToanTrucTuyen": "2" if paid_online(dossier) else "0",
    }


def _return_form(dossier: Dossier) -> str:
    """How the applicant gets the result: 0 at the counter or as a file, 1 by post."""
    wish = dossier.facts.get("check_papers", {}).get("result_delivery")
    return "1" if wish == "postal" else "0"


def _times(dossier: Dossier) -> dict[str, Any]:
    ended = dossier.finished_at
    return {
        "NgayNopHoSo": moment(dossier.submitted_at),
        "NgayTiepNhan": moment(dossier.received_at),
        "NgayHenTra": moment(dossier.due_at),
        "NgayKetThucXuLy": moment(dossier.processed_at),
        "NgayTra": moment(ended) if dossier.outcome is Outcome.DELIVERED else None,
        "NgayTuChoi": moment(ended) if dossier.outcome in _REFUSED else None,
    }


def _papers(told: Told) -> dict[str, Any]:
    dossier = told.dossier
    handed_in = [d for d in dossier.documents.values() if d.kind is DocumentKind.COMPONENT]
    return {
        "HoSoCoThanhPhanSoHoa": _flag(any(map(_is_digitised, handed_in))),
        "TaiLieuNop": [_handed_in(told, document) for document in handed_in],
        "DanhSachLePhi": fees(dossier),
        "DanhSachHoSoBoSung": [_supplement(told, each) for each in told.history.supplements],
        "DanhSachGiayToKetQua": list(_results(told)),
        "DSKetNoiCSDL": [
            {"MaCSDL": source} for source in sorted({o.source for o in dossier.obtained.values()})
        ],
    }


def _handed_in(told: Told, document: Document) -> dict[str, Any]:
    component = told.facts.component(document.component or "")
    reused = document.origin is Origin.VAULT
    return {
        "TenTepDinhKem": component.name if component else "Giấy tờ kèm theo",
        "MaThanhPhanHoSo": document.component,
        "DuongDanTaiTepTin": _path(told.dossier, document),
        "DuocSoHoa": _flag(_is_digitised(document)),
        "DuocTaiSuDung": _flag(reused),
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": document.source["type"] if reused and document.source else None,
    }


def _is_digitised(document: Document) -> bool:
    """What an officer scanned counts once it is signed; what came as a file, as it came."""
    return document.origin is not Origin.SCANNED or bool(document.signed_as(Capacity.RECEPTION))


def _results(told: Told) -> Iterator[dict[str, Any]]:
    """The result once it may be given out: sealed, and neither before it is ready nor withdrawn."""
    document = told.dossier.document_of(DocumentKind.RESULT)
    given_out = told.dossier.processed_at and told.dossier.outcome in (None, Outcome.DELIVERED)
    if given_out and document and document.signed_as(Capacity.AGENCY) and not document.withdrawal:
        yield {
            "TenGiayTo": told.facts.result_name,
            "MaGiayToKetQua": told.facts.result_code,
            "DuongDanTepTinKetQua": _path(told.dossier, document),
        }


def _supplement(told: Told, supplement: Supplement) -> dict[str, Any]:
    return {
        "NguoiYeuCau": told.people.get(supplement.by, supplement.by)[:MOST_PERSON],
        "NoiDung": (supplement.text or "Yêu cầu bổ sung, hoàn thiện hồ sơ")[:MOST_TEXT],
        "NgayBoSung": moment(supplement.asked_at),
        "NgayTiepNhanBoSung": moment(supplement.received_at),
        "NgayHenTraTruoc": moment(supplement.due_before),
        "NgayHenTraMoi": moment(supplement.due_after),
    }


def _step(told: Told, step: StepDone) -> dict[str, Any]:
    desk = told.desks[step.place]
    return {
        "MaHoSo": told.dossier.code,
        "MaBuoc": step.seq,
        "NguoiXuLy": desk.person[:MOST_PERSON],
        "ChucDanh": desk.title,
        "ThoiDiemXuLy": moment(step.at),
        "PhongBanXuLy": desk.place,
        "NoiDungXuLy": desk.task,
        "TrangThai": str(step.code),
        "NgayBatDau": moment(desk.opened_at),
        "NgayKetThucTheoQuyDinh": moment(desk.due_at),
    }


def moment(at: datetime | None) -> str | None:
    """As the portal writes moments: yyyyMMddHHmmss in Vietnamese time."""
    return f"{local(at):%Y%m%d%H%M%S}" if at else None


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _path(dossier: Dossier, document: Document) -> str:
    """Where the file is, below the address of the office's site."""
    return f"/api/v1/dossiers/{dossier.code}/documents/{document.number}/file"
