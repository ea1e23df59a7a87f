"""The page of a bundle that people read: what the dossier is, and its story. It has no scripts."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.model.event import Event
from engine.model.status import STATUS_NAMES, Status
from engine.queries.people import names_of
from engine.queries.telling import Teller, people_in
from engine.store.agencies import name_of
from engine.store.definitions import setting_of
from engine.store.events import Logged

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #ccc}"
    "ul{margin:0;padding-left:1.2rem;color:#555}code{overflow-wrap:anywhere}"
)


def summary(tx: Connection, row: Any, log: Sequence[Logged]) -> bytes:
    """The page, as HTML."""
    events = [logged.event for logged in log]
    setting = setting_of(tx, row.version, row.rulebook)
    teller = Teller.of(events, setting, names_of(tx, people_in(events)))
    lines = "\n".join(_story(events, teller))
    facts = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in _facts(tx, row, setting.procedure.facts.name)
    )
    title = f"Gói chứng cứ hồ sơ {escape(row.code)}"
    return f"""<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>
<body><h1>{title}</h1>
<table>{facts}</table>
<h2>Diễn biến</h2>
<table><thead><tr><th>Sự kiện</th><th>Lúc</th><th>Ai</th><th>Việc gì, kéo theo gì</th></tr></thead>
<tbody>
{lines}
</tbody></table>
<h2>Kiểm tra gói này</h2>
<p>Chạy <code>python verify_bundle.py ho-so.zip</code> bằng Python 3.11 trở lên, không cần mạng hay
phần mềm nào khác; có <code>openssl</code> thì chữ ký số cũng được kiểm. Trang này chỉ để đọc: chứng
cứ là <code>events.json</code>, các tệp mà nó nêu bằng mã băm, và các mốc neo.</p>
</body></html>
""".encode()


def _facts(tx: Connection, row: Any, procedure: str) -> Iterator[tuple[str, str]]:
    yield "Thủ tục", f"{row.procedure}: {procedure}"
    yield "Người nộp", row.owner_name
    yield "Cơ quan giải quyết", name_of(tx, row.competent_agency)
    yield "Nộp lúc", _moment(row.submitted_at)
    yield "Trạng thái", STATUS_NAMES[Status(row.status)]
    yield "Hạn trả", _moment(row.due_at)
    yield "Xong lúc", _moment(row.finished_at)
    yield "Số sự kiện", str(row.seq)
    yield "Mã băm cuối", row.head


def _story(events: Sequence[Event], teller: Teller) -> Iterator[str]:
    for act in events:
        if act.caused_by is None:
            followed = [teller.tell(each) for each in events if each.caused_by == act.seq]
            items = "".join(f"<li>{escape(each)}</li>" for each in followed)
            yield (
                f"<tr><td>{act.seq}</td><td>{_moment(act.at)}</td>"
                f"<td>{escape(teller.actor(act))}</td>"
                f"<td>{escape(teller.tell(act))}<ul>{items}</ul></td></tr>"
            )


def _moment(at: Any) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else "—"
