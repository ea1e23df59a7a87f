"""The inbox."""

from typing import Any

from api.batches import Batch, do_all, sign_all
from api.documenting import Blueprint
from api.edge import Call, reads, sent_key, writes_apart
from api.paging import answer, wanted
from api.v1.schemas.tasks import (
    BulkIn,
    BulkOut,
    InboxCountsOut,
    InboxFilterIn,
    InboxIn,
    InboxPage,
)
from engine.commands.bulk import Bulk, BulkAct, BulkTask
from engine.commands.issuing import Means
from engine.commands.signing import Secret
from engine.queries import inbox

routes = Blueprint("inbox", __name__, url_prefix="/tasks", description="Hộp việc của tôi.")


@routes.get("")
@reads(422)
@routes.arguments(InboxIn, location="query")
@routes.response(200, InboxPage)
def list_inbox(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the open tasks that are meant for oneself.

    Việc đang mở thuộc vai trò và đơn vị của bạn: hồ sơ ưu tiên trước, rồi gấp nhất trước.
    """
    part = wanted(query)
    chosen = inbox.InboxFilter(**query)
    return answer(inbox.list_inbox(call.tx, part, chosen, call.actor, call.now))


@routes.get("/counts")
@reads(422)
@routes.arguments(InboxFilterIn, location="query")
@routes.response(200, InboxCountsOut)
def show_counts(call: Call, query: dict[str, Any]) -> dict[str, int]:
    """Count the tasks of each view.

    Số việc của tôi, của đơn vị và chưa ai nhận, với cùng bộ lọc; đếm đến 1000 thì thôi.
    """
    counts = inbox.count_inbox(call.tx, inbox.InboxFilter(**query), call.actor)
    return {view.value: count for view, count in counts.items()}


@routes.post("/bulk")
@writes_apart(keyed=True)
@routes.arguments(BulkIn)
@routes.response(200, BulkOut)
def do_in_bulk(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Claim, assign or decide many tasks.

    Mỗi việc được làm hoặc bị từ chối riêng, với lý do; một việc bị từ chối không cản việc khác.
    Gửi lại cùng `Idempotency-Key` thì việc đã làm không làm lại. Việc ký duyệt cần `signing`: mật
    khẩu nhập một lần, từng kết quả được ký số rồi duyệt; gửi lại thì việc đã ký tính là đã làm.
    """
    tasks = [BulkTask(**task) for task in body.pop("tasks")]
    signing, bulk = body.pop("signing", None), Bulk(**body)
    if signing and bulk.act is BulkAct.DECIDE:
        means = Means(Secret(signing["passphrase"], signing["code"]), signing["certificate"])
        outcomes = list(sign_all(bulk, tasks, means, call.actor))
    else:
        outcomes = do_all(Batch(bulk, call.actor, call.now, sent_key()), tasks)
    return {"items": [{**vars(outcome), "place": task.place} for task, outcome in outcomes]}
