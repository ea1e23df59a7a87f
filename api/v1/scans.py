"""Digitising: making documents of scans, the checklist of components, pages as pictures."""

from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.page_pictures import PagePicture
from api.v1.dossiers import ETAG, LOCATION, standing
from api.v1.schemas.dossiers import StandingOut
from api.v1.schemas.scans import (
    ChecklistOut,
    LookedUpIn,
    PictureIn,
    ScanIn,
    ScanListOut,
    ScanOut,
)
from engine.commands import obtaining, scans
from engine.life.documents import document_in
from engine.model.reading import Looked
from engine.queries.components import checklist
from engine.queries.dossiers import find
from engine.queries.scans import scan_of, scans_of
from engine.scans.viewing import MEDIA_TYPE
from engine.store.scans import ScanJob

routes = Blueprint(
    "scans",
    __name__,
    url_prefix="/dossiers/<code:code>",
    description="Số hóa hồ sơ: tạo tài liệu từ ảnh chụp, bản quét; thành phần hồ sơ.",
)

_PICTURE = {
    "description": "Ảnh của trang.",
    "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
}


@routes.get("/components")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, ChecklistOut)
def list_components(call: Call, code: str) -> dict[str, Any]:
    """Show the checklist of a dossier's components.

    Thành phần nào phải nộp, đã nộp mấy bản, đã số hóa chưa, còn thiếu gì; thành phần nào khai thác
    từ cơ sở dữ liệu nên không được yêu cầu nộp.
    """
    return {"items": checklist(call.tx, find(call.tx, code, call.actor))}


@routes.post("/components/<code:component>/obtained")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(LookedUpIn)
@routes.response(200, StandingOut, headers=ETAG)
def obtain(call: Call, body: dict[str, Any], code: str, component: str) -> Any:
    """Record what a database says instead of asking for a component.

    Ghi đã tra cứu được gì; thành phần ấy không phải nộp và không phải quét.
    """
    command = obtaining.ObtainComponent(target(code), component, **body)
    return standing(call, obtaining.obtain_component(call.tx, command, call.actor, call.now))


@routes.get("/scans")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, ScanListOut)
def list_scans(call: Call, code: str) -> dict[str, Any]:
    """List the documents that are being made of scans.

    Đang chờ, đang làm đến trang mấy, đã xong, hoặc không tạo được và vì sao.
    """
    found = find(call.tx, code, call.actor)
    return {"items": scans_of(call.tx, found, call.now)}


@routes.post("/scans")
@writes(403, 404, 409)
@routes.arguments(ScanIn)
@routes.response(202, ScanOut, headers=LOCATION)
def order_scan(call: Call, body: dict[str, Any], code: str) -> tuple[ScanJob, int, dict[str, str]]:
    """Have a document made of pages of uploaded files.

    Ảnh chụp, bản quét đã gửi lên được xoay, cắt, xếp thành một tài liệu PDF/A có lớp văn bản (nếu
    máy chủ cài OCR). Việc chạy nền; xem tiến độ ở địa chỉ trả về.
    """
    job = scans.order_scan(call.tx, scans.OrderScan(code, **body), call.actor, call.now)
    return job, 202, {"Location": url_for("scans.show_scan", code=code, scan=job.id)}


@routes.get("/scans/<number:scan>")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, ScanOut)
def show_scan(call: Call, code: str, scan: int) -> ScanJob:
    """Show how far one document is.

    Tiến độ của một tài liệu.
    """
    return scan_of(call.tx, find(call.tx, code, call.actor), scan, call.now)


@routes.delete("/scans/<number:scan>")
@writes(403, 404, 409, keyed=False)
@routes.response(204)
def drop_scan(call: Call, code: str, scan: int) -> None:
    """Throw away a document that is not made yet, or could not be.

    Bỏ việc chưa xong hoặc không tạo được; các trang lại sắp xếp được từ đầu.
    """
    scans.drop_scan(call.tx, code, scan, call.actor, call.now)


@routes.get("/documents/<number:document>/pages/<number:page>")
@reads(404, 409, 422, looks_at=Looked.DOCUMENT)
@routes.arguments(PictureIn, location="query")
@routes.doc(responses={200: _PICTURE})
def show_page(
    call: Call, query: dict[str, Any], code: str, document: int, page: int
) -> PagePicture:
    """Give a page of a document as a picture.

    Ảnh (WebP) của một trang, tính từ 1.
    """
    found = document_in(find(call.tx, code, call.actor).dossier, document)
    return PagePicture(found.file, page, query["width"])
