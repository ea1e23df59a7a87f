"""Versions of procedures in the making."""

from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, asked_revision, etag, reads, writes
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.procedure_drafts import (
    AdoptedOut,
    ForeignDiagramIn,
    ProcedureDraftIn,
    ProcedureDraftListIn,
    ProcedureDraftOut,
    ProcedureDraftPage,
    ProcedureFileIn,
    ProcedureFileOut,
    ProcedurePublishIn,
    RemarksOut,
)
from api.v1.schemas.procedure_versions import ComparisonOut, DraftComparisonIn
from engine.commands.adopting import AdoptDiagram, adopt_diagram, open_points_of
from engine.commands.procedure_drafts import (
    OpenDraft,
    PublishDraft,
    SaveFiles,
    check_draft,
    discard_draft,
    in_sight,
    open_draft,
    publish_draft,
    save_files,
)
from engine.errors.procedure_drafts import DraftFileUnknown
from engine.model.procedure_draft import ProcedureDraft
from engine.queries.procedure_differences import Compared, compare_draft
from engine.queries.procedure_drafts import list_drafts

routes = Blueprint(
    "procedure_drafts",
    __name__,
    url_prefix="/procedure-drafts",
    description="Bản thảo quy trình: soạn, kiểm tra, ban hành.",
)
ONE = "/<number:draft>"
FILE = f"{ONE}/files/<file:name>"
LOCATION = {"Location": {"description": "Địa chỉ của bản thảo.", "schema": {"type": "string"}}}
Answer = tuple[ProcedureDraft, int, dict[str, str]]
Adopted = tuple[dict[str, Any], int, dict[str, str]]


@routes.get("")
@reads(403, 422)
@routes.arguments(ProcedureDraftListIn, location="query")
@routes.response(200, ProcedureDraftPage)
def list_(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List drafts.

    Bản thảo bạn được soạn hoặc ban hành, mới nhất trước.
    """
    part, code = wanted(query), query.get("procedure")
    return answer(list_drafts(call.tx, part, call.actor, code, query.get("state")))


@routes.post("")
@writes(403, 404)
@routes.arguments(ProcedureDraftIn)
@routes.response(201, ProcedureDraftOut, headers=LOCATION)
def open_(call: Call, body: dict[str, Any]) -> Answer:
    """Open a draft.

    Bắt đầu từ phiên bản đang dùng hoặc một phiên bản trước; chưa thay đổi gì cho hồ sơ.
    """
    number = open_draft(call.tx, OpenDraft(**body), call.actor, call.now)
    where = {"Location": url_for("procedure_drafts.show", draft=number)}
    return _answer(in_sight(call.tx, number, call.actor), 201, where)


@routes.get(ONE)
@reads(404)
@routes.response(200, ProcedureDraftOut)
def show(call: Call, draft: int) -> Answer:
    """Show a draft.

    Các tệp, và kết quả kiểm tra gần nhất. ETag là lần sửa.
    """
    return _answer(in_sight(call.tx, draft, call.actor))


@routes.get(FILE)
@reads(404)
@routes.response(200, ProcedureFileOut)
def file(call: Call, draft: int, name: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Show a file of a draft.

    Một tệp: procedure.bpmn, facts.toml, *.dmn, forms/*, papers/*, shared/*.
    """
    found = in_sight(call.tx, draft, call.actor)
    if name not in found.files:
        raise DraftFileUnknown(name=name)
    shown = {"name": name, "text": found.files[name], "revision": found.revision}
    return shown, 200, etag(found.revision)


@routes.put(FILE)
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(ProcedureFileIn)
@routes.response(200, ProcedureDraftOut)
def save(call: Call, body: dict[str, Any], draft: int, name: str) -> Answer:
    """Write a file of a draft.

    Sửa hoặc thêm một tệp. If-Match là lần sửa đã xem, để không ghi đè sửa đổi của người khác.
    """
    command = SaveFiles(draft, {name: body["text"]}, asked_revision())
    return _answer(save_files(call.tx, command, call.actor, call.now))


@routes.delete(FILE)
@writes(403, 404, 409, 412, revised=True)
@routes.response(200, ProcedureDraftOut)
def drop(call: Call, draft: int, name: str) -> Answer:
    """Remove a file of a draft.

    Bỏ một tệp.
    """
    if name not in in_sight(call.tx, draft, call.actor).files:
        raise DraftFileUnknown(name=name)
    command = SaveFiles(draft, {name: None}, asked_revision())
    return _answer(save_files(call.tx, command, call.actor, call.now))


@routes.post(f"{ONE}/adopt")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(ForeignDiagramIn)
@routes.response(200, AdoptedOut)
def take(call: Call, body: dict[str, Any], draft: int) -> Adopted:
    """Take a diagram of another tool into a draft.

    Bản vẽ BPMN 2.0 của công cụ khác được vẽ lại theo cách của hệ thống và thay bản vẽ của bản thảo;
    `remarks` nêu điều cần hoàn thiện, đã đổi, đã bỏ. Không lấy được thì `findings` (422) nêu từng
    phần tử với số dòng.
    """
    command = AdoptDiagram(draft, **body, revision=asked_revision())
    saved, adoption = adopt_diagram(call.tx, command, call.actor, call.now)
    told = {"remarks": adoption.remarks, "left_out": adoption.left_out}
    return {"draft": saved, **told}, 200, etag(saved.revision)


@routes.get(f"{ONE}/open-points")
@reads(404)
@routes.response(200, RemarksOut)
def open_points(call: Call, draft: int) -> dict[str, Any]:
    """List what the diagram of a draft still lacks.

    Mọi phần tử còn thiếu giai đoạn, hạn, biểu mẫu, vai trò, điều kiện, kết cục… cùng một lúc.
    """
    found = open_points_of(in_sight(call.tx, draft, call.actor))
    return {"remarks": [point for points in found.values() for point in points]}


@routes.get(f"{ONE}/differences")
@reads(404, 422)
@routes.arguments(DraftComparisonIn, location="query")
@routes.response(200, ComparisonOut)
def differences(call: Call, query: dict[str, Any], draft: int) -> Compared:
    """Compare a draft with a version.

    Bản thảo khác phiên bản đang dùng, hoặc phiên bản `old`, ở đâu.
    """
    found = in_sight(call.tx, draft, call.actor)
    return compare_draft(call.tx, found, call.now, query.get("old"))


@routes.post(f"{ONE}/check")
@writes(403, 404, 409, 412, revised=True)
@routes.response(200, ProcedureDraftOut)
def check(call: Call, draft: int) -> Answer:
    """Check a draft.

    `findings` nêu từng phần tử cần sửa. Không còn lỗi thì bản thảo thành «checked».
    """
    return _answer(check_draft(call.tx, draft, asked_revision(), call.actor, call.now))


@routes.post(f"{ONE}/publish")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(ProcedurePublishIn)
@routes.response(200, ProcedureDraftOut)
def publish(call: Call, body: dict[str, Any], draft: int) -> Answer:
    """Put a checked draft in force.

    Theo số quyết định, từ ngày có hiệu lực. Hồ sơ nhận trước ngày đó vẫn theo phiên bản cũ.
    """
    two = services().settings.procedure_four_eyes
    command = PublishDraft(draft, **body, revision=asked_revision(), four_eyes=two)
    return _answer(publish_draft(call.tx, command, call.actor, call.now))


@routes.post(f"{ONE}/discard")
@writes(403, 404, 409, 412, revised=True)
@routes.response(200, ProcedureDraftOut)
def discard(call: Call, draft: int) -> Answer:
    """Discard a draft.

    Bỏ bản thảo; nội dung vẫn được giữ lại để xem.
    """
    discard_draft(call.tx, draft, asked_revision(), call.actor, call.now)
    return _answer(in_sight(call.tx, draft, call.actor))


def _answer(
    draft: ProcedureDraft, status: int = 200, headers: dict[str, str] | None = None
) -> Answer:
    return draft, status, {**etag(draft.revision), **(headers or {})}
