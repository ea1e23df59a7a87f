"""Templates of letters, changed by administrators."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes_apart
from api.letter_templates import Trial, tried
from api.services import services
from api.v1.schemas.letter_templates import (
    AgencyIn,
    ChoiceIn,
    TemplateBodyOut,
    TemplatesOut,
    TrialIn,
)
from engine.commands.letter_templates import (
    ChooseTemplate,
    choose_template,
    details_on,
    require_manager,
)
from engine.deadlines.calendar import local
from engine.model.letter_forms import known_form
from engine.queries.letter_templates import template_of, templates_of, versions_of
from engine.store.letter_templates import TemplateOrigin

routes = Blueprint(
    "letter_templates",
    __name__,
    url_prefix="/letter-templates",
    description="Mẫu giấy tờ của cơ quan, thay đổi được, có phiên bản.",
)
_PDF = {
    200: {
        "description": "Tệp PDF vẽ với hồ sơ ví dụ.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@routes.get("")
@reads(403, 422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, TemplatesOut)
def list_templates(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the templates in force for an agency.

    Mỗi mẫu là của ai: của cơ quan, của cơ quan cấp trên, hay có sẵn trong hệ thống.
    """
    agency = query["agency"]
    require_manager(call.actor, agency)
    return {"items": templates_of(call.tx, agency, local(call.now).date())}


@routes.get("/<code:form>")
@reads(403, 404, 422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, TemplateBodyOut)
def show_template(call: Call, query: dict[str, Any], form: str) -> dict[str, Any]:
    """Show a template with its text and earlier choices.

    Nội dung mẫu đang áp dụng, và các lần cơ quan đã thay.
    """
    agency, day = query["agency"], local(call.now).date()
    require_manager(call.actor, agency)
    details = details_on(known_form(form), day)
    view = template_of(call.tx, agency, details, day)
    return {**vars(view), "versions": versions_of(call.tx, agency, details.form)}


@routes.post("/<code:form>/trial")
@writes_apart(403, 404, 422)
@routes.arguments(TrialIn)
@routes.doc(responses=_PDF)
def try_template(call: Call, body: dict[str, Any], form: str) -> Any:
    """Draw a template with an example, without putting it in force.

    Mẫu có lỗi hoặc làm điều không được phép bị từ chối, nêu dòng có lỗi.
    """
    require_manager(call.actor, body["agency"])
    details = details_on(known_form(form), local(call.now).date())
    return Trial(body["body"], details).made()


@routes.put("/<code:form>")
@writes_apart(403, 404, 412, 422)
@routes.arguments(ChoiceIn)
@routes.response(200, TemplateBodyOut)
def choose(call: Call, body: dict[str, Any], form: str) -> dict[str, Any]:
    """Choose the template of an agency from a day on.

    Mẫu riêng được vẽ thử trước khi áp dụng. Giấy tờ đã ban hành giữ mẫu lúc ban hành.
    """
    agency, today = body["agency"], local(call.now).date()
    require_manager(call.actor, agency)
    details = details_on(known_form(form), today)
    if body["origin"] is TemplateOrigin.OWN:
        tried(body.get("body") or "", details)
    command = ChooseTemplate(form=details.form, **body)
    with services().database.transaction() as tx:
        choose_template(tx, command, call.actor, call.now)
        view = template_of(tx, agency, details, command.effective_from or today)
        return {**vars(view), "versions": versions_of(tx, agency, details.form)}
