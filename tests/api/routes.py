"""Every route, with who may use it: the table that `test_permissions` goes through.

People are those of commune 1 and of the province; `others` are everyone else. A dossier of
these tests is handed in by `portal` and belongs to commune 1.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from engine.letters.letter import Letter
from engine.life.rulebook import standard_rulebook
from engine.model.channel import Channel
from engine.model.dossier import Dossier
from engine.store import accounts, messages, sending
from engine.store.messages import Draft
from engine.store.outbox_tables import message
from tests import diagrams
from tests.api.connector_routes import CONNECTOR_ROUTES
from tests.api.document_routes import DOCUMENT_ROUTES
from tests.api.duty_routes import ROUTES as DUTY_ROUTES
from tests.api.gateway_routes import GATEWAY_ROUTES
from tests.api.inbox_routes import INBOX_ROUTES
from tests.api.letter_routes import LETTER_ROUTES
from tests.api.lives import CAUSE, Lives, fail_timer, place
from tests.api.money_routes import MONEY_ROUTES
from tests.api.notice_routes import NOTICE_ROUTES
from tests.api.office_routes import OFFICE_ROUTES
from tests.api.paper_routes import PAPER_ROUTES
from tests.api.people import (
    ADMINISTRATORS,
    APPROVERS,
    AUDITORS,
    EVERYONE,
    LEADERS,
    OFFICE,
    OVERSEERS,
    PAUSERS,
    READERS,
    RECEPTION,
    RECORDERS,
    REGISTRARS,
    SUPERVISORS,
)
from tests.api.petition_routes import PETITION_ROUTES
from tests.api.portal_routes import PORTAL_ROUTES
from tests.api.procedure_routes import PROCEDURE_ROUTES
from tests.api.procedure_trial_routes import PROCEDURE_TRIAL_ROUTES
from tests.api.report_routes import REPORT_ROUTES
from tests.api.routing import Request, Route
from tests.api.routing import fixed as _fixed
from tests.api.scan_routes import SCAN_ROUTES
from tests.api.signing_routes import SIGNING_ROUTES
from tests.api.vault_routes import VAULT_ROUTES
from tests.api.webhook_routes import WEBHOOK_ROUTES
from tests.office import COMMUNE_1


def _dossier(state: str, act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/dossiers/{getattr(lives, state)().code}{act}", body)

    return prepare


def _task(state: str, act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        dossier = getattr(lives, state)()
        return Request(f"/dossiers/{dossier.code}/tasks/{place(dossier)}{act}", body)

    return prepare


def _hand(state: str, act: str, to: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return _task(state, act, {"assignee": lives.office.actor(to).id})(lives)

    return prepare


def _failed_message(lives: Lives, act: str = "/resend") -> Request:
    with lives.office.database.transaction() as tx:
        to = lives.office.actor("office1").id
        accounts.change(tx, to, email="office1@xa.example.vn")
        number = tx.execute(select(func.count()).select_from(message)).scalar_one()
        letter = Letter("Quá hạn", "Quá hạn", "/")
        draft = Draft(f"k:{number}", Channel.MAIL, "cu@xa.example.vn", letter, user_id=to)
        messages.enqueue(tx, [draft], lives.clock())
        (claimed,) = sending.claim(tx, Channel.MAIL, lives.clock(), 1)
        sending.give_up(tx, claimed, "550 No such user", lives.clock())
    return Request(f"/messages/{claimed.id}{act}")


def _extension(lives: Lives) -> Request:
    dossier = lives.accepted()
    body = {"until": _later(dossier), "cause": "vu_viec_phuc_tap", "reason": "Phải xác minh thêm"}
    return Request(f"/dossiers/{dossier.code}/extension", body)


def _later(dossier: Dossier) -> str:
    """Three weeks after a dossier is due: as it is due on a working day, so is this."""
    if dossier.due_at is None:
        raise LookupError(dossier.code)
    return (dossier.due_at + timedelta(days=21)).date().isoformat()


def _alert(lives: Lives) -> Request:
    dossier = lives.late()
    number = next(alert.seq for alert in dossier.alerts if alert.live)
    path = f"/dossiers/{dossier.code}/alerts/{number}/acknowledge"
    return Request(path, {"note": "Đã đôn đốc."})


def _submission(lives: Lives) -> Request:
    body = {
        "procedure": diagrams.CODE,
        "channel": "online",
        "receiving_agency": COMMUNE_1,
        "owner": {"name": "Nguyễn Văn Bình"},
        "application": {},
    }
    return Request("/dossiers", body)


def _failed_timer(lives: Lives) -> Request:
    code, kind, place_ = fail_timer(lives.office.database, lives.accepted().code)
    return Request(f"/timers/{code}/{kind}/{place_}/rerun")


OUTAGE = {
    "agency": COMMUNE_1,
    "system": "Hệ thống hộ tịch điện tử dùng chung",
    "description": "Không chuyển được dữ liệu",
    "evidence": "Thông báo số 12/TB-CNTT",
    "started_at": "2026-07-06T07:00:00+07:00",
}


def _outage(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/outages/{lives.outage()}{act}", body)

    return prepare


def _announcement(act: str) -> Callable[[Lives], Request]:
    body = {
        "agency": COMMUNE_1,
        "source": "Quyết định số 15/QĐ-UBND ngày 05/07/2026",
        "hours": [{"sessions": ["07:30-11:30", "13:00-17:00"], "season": ["10-16", "04-15"]}],
    }
    return _fixed(f"/calendars/announcements{act}", body)


def _announced(act: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/calendars/announcements/{lives.announced()}{act}")

    return prepare


def _late_by_outage(lives: Lives) -> Request:
    body = {"codes": [lives.late().code], "cause": "loi_he_thong"}
    return Request(f"/outages/{lives.outage()}/dossiers", body)


def _press_many(lives: Lives) -> Request:
    body = {"dossiers": [lives.accepted().code], "note": "Đề nghị làm ngay."}
    return Request("/supervision/press", body)


def _assign_many(lives: Lives) -> Request:
    to = lives.office.actor("second_office1").id
    return Request("/supervision/assign", {"dossiers": [lives.accepted().code], "assignee": to})


_FORM = {"form": {"decision": "accept"}}
_APPROVAL = {"form": {"decision": "approve"}}
_REASON = {"reason": "Công dân đề nghị"}
_PAUSE = {"reason": "kiem_tra_thuc_te_do_dac"}
_NUMBER = "int(min=1, max=2147483647)"
_DOSSIER = "/dossiers/<code:code>"
_OUTAGE = "/outages/<number:outage>"
_RULEBOOK = {"agency": COMMUNE_1, "document": {**standard_rulebook(), "alerts": {}}}
_ANNOUNCEMENT = "/calendars/announcements/<int(min=1, max=2147483647):number>"
_PLACE = f"{_DOSSIER}/tasks/<{_NUMBER}:place>"

_DRAFT = f"{_DOSSIER}/tasks/<number:place>/draft"

ROUTES: dict[tuple[str, str], Route] = {
    **OFFICE_ROUTES,
    **INBOX_ROUTES,
    **DUTY_ROUTES,
    **DOCUMENT_ROUTES,
    **SIGNING_ROUTES,
    **WEBHOOK_ROUTES,
    **CONNECTOR_ROUTES,
    **VAULT_ROUTES, **GATEWAY_ROUTES,
    **SCAN_ROUTES,
    **PAPER_ROUTES,
    **PETITION_ROUTES,
    **PORTAL_ROUTES,
    **PROCEDURE_ROUTES,
    **PROCEDURE_TRIAL_ROUTES,
    ("DELETE", "/sessions/current"): Route(_fixed("/sessions/current"), EVERYONE, 204),
    ("GET", "/dossiers"): Route(_fixed("/dossiers"), EVERYONE),
    ("POST", "/dossiers"): Route(_submission, RECEPTION | {"portal"}, 201),
    ("GET", _DOSSIER): Route(_dossier("accepted"), READERS, readers=READERS),
    ("POST", f"{_DOSSIER}/accept"): Route(
        _dossier("submitted", "/accept", _FORM), RECEPTION, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/refuse"): Route(
        _dossier("submitted", "/refuse", {"form": {}}), RECEPTION, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/pause"): Route(
        _dossier("accepted", "/pause", _PAUSE), PAUSERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/pause-request"): Route(
        _dossier("accepted", "/pause-request", _PAUSE), PAUSERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/pause-request/grant"): Route(
        _dossier("asked", "/pause-request/grant"), APPROVERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/pause-request/decline"): Route(
        _dossier("asked", "/pause-request/decline"), APPROVERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/extension"): Route(_extension, APPROVERS, readers=READERS),
    ("POST", f"{_DOSSIER}/overdue-cause"): Route(
        _dossier("late", "/overdue-cause", CAUSE), RECORDERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/alerts/<{_NUMBER}:alert>/acknowledge"): Route(
        _alert, READERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/resume"): Route(
        _dossier("suspended", "/resume"), PAUSERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/supplements"): Route(
        _dossier("supplementing", "/supplements"), RECEPTION | {"portal"}, readers=READERS
    ),
    **MONEY_ROUTES,
    ("POST", f"{_DOSSIER}/priority"): Route(
        _dossier("accepted", "/priority", {"reason": "nguoi_cao_tuoi"}),
        RECEPTION | SUPERVISORS,
        readers=READERS,
    ),
    ("POST", f"{_DOSSIER}/priority/withdraw"): Route(
        _dossier("prioritised", "/priority/withdraw"), RECEPTION | SUPERVISORS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/withdraw"): Route(
        _dossier("accepted", "/withdraw", _REASON), RECEPTION | {"portal"}, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/discontinue"): Route(
        _dossier("accepted", "/discontinue", _REASON), LEADERS, readers=READERS
    ),
    ("GET", f"{_DOSSIER}/events"): Route(_dossier("accepted", "/events"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/pauses"): Route(_dossier("suspended", "/pauses"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/due"): Route(_dossier("accepted", "/due"), READERS, 200, READERS),
    **NOTICE_ROUTES,
    **LETTER_ROUTES,
    **REPORT_ROUTES,
    ("GET", f"{_DOSSIER}/replay"): Route(
        _dossier("accepted", "/replay"),
        LEADERS | {"director1", "control1", "control", "auditor1", "auditor"},
        readers=READERS,
    ),
    ("GET", f"{_DOSSIER}/verification"): Route(
        _dossier("accepted", "/verification"),
        LEADERS | {"director1", "control1", "control", "auditor1", "auditor"},
        readers=READERS,
    ),
    ("GET", f"{_DOSSIER}/accesses"): Route(
        _dossier("accepted", "/accesses"), LEADERS | {"auditor1", "auditor"}, readers=READERS
    ),
    ("GET", "/accesses"): Route(
        _fixed("/accesses"),
        LEADERS | {"leader2", "second_leader2", "auditor1", "auditor2", "auditor"},
    ),
    ("GET", f"{_DOSSIER}/diagrams"): Route(
        _dossier("accepted", "/diagrams"), READERS, 200, READERS
    ),
    ("GET", f"{_DOSSIER}/diagrams/<code:name>"): Route(
        _dossier("accepted", "/diagrams/procedure"), READERS, 200, READERS
    ),
    ("GET", f"{_DOSSIER}/tasks"): Route(_dossier("accepted", "/tasks"), READERS, 200, READERS),
    ("GET", _PLACE): Route(_task("accepted"), READERS, 200, READERS),
    ("GET", f"{_PLACE}/candidates"): Route(
        _task("accepted", "/candidates"), READERS, 200, READERS
    ),
    ("POST", f"{_PLACE}/claim"): Route(_task("accepted", "/claim"), OFFICE, readers=READERS),
    ("POST", f"{_PLACE}/release"): Route(
        _task("claimed", "/release"), frozenset({"office1"}), readers=READERS
    ),
    ("POST", f"{_PLACE}/assign"): Route(
        _hand("accepted", "/assign", "second_office1"), SUPERVISORS, readers=READERS
    ),
    ("POST", f"{_PLACE}/press"): Route(
        _task("accepted", "/press", {"note": "Đề nghị làm ngay."}), SUPERVISORS, readers=READERS
    ),
    ("POST", f"{_PLACE}/delegate"): Route(
        _hand("claimed", "/delegate", "second_office1"), frozenset({"office1"}), readers=READERS
    ),
    ("POST", f"{_PLACE}/complete"): Route(
        _task("accepted", "/complete", _APPROVAL), OFFICE, readers=READERS
    ),
    ("POST", f"{_PLACE}/return"): Route(
        _task("signing", "/return", _REASON), LEADERS, readers=READERS
    ),
    ("GET", _DRAFT): Route(_task("accepted", "/draft"), READERS, 200, READERS),
    ("PUT", _DRAFT): Route(
        _task("accepted", "/draft", {"texts": {"note": "Đang viết"}}), OFFICE, readers=READERS
    ),
    ("DELETE", _DRAFT): Route(
        _task("accepted", "/draft"), OFFICE, 204, readers=READERS
    ),
    ("GET", "/messages/channels"): Route(_fixed("/messages/channels"), ADMINISTRATORS),
    ("POST", "/messages/resend"): Route(_fixed("/messages/resend"), ADMINISTRATORS),
    ("POST", "/messages/<int(min=1, max=2147483647):message>/withdraw"): Route(
        lambda lives: _failed_message(lives, "/withdraw"),
        frozenset({"administrator", "administrator1"}),
        readers=EVERYONE - {"administrator2"},
    ),
    ("GET", "/messages"): Route(_fixed("/messages?state=failed"), ADMINISTRATORS),
    ("POST", "/messages/<int(min=1, max=2147483647):message>/resend"): Route(
        _failed_message, frozenset({"administrator", "administrator1"}),
        readers=EVERYONE - {"administrator2"},
    ),
    ("GET", "/calendars/due"): Route(_fixed("/calendars/due?limit=3%20working_days"), EVERYONE),
    ("GET", "/calendars/days"): Route(_fixed("/calendars/days?year=2026"), EVERYONE),
    ("GET", "/supervision/counts"): Route(_fixed("/supervision/counts?by=unit"), OVERSEERS),
    ("GET", "/supervision/dossiers"): Route(
        _fixed("/supervision/dossiers?standing=overdue"), OVERSEERS
    ),
    ("GET", "/supervision/weeks"): Route(_fixed("/supervision/weeks"), OVERSEERS),
    ("GET", "/supervision/heat"): Route(
        _fixed("/supervision/heat?procedure=9.000001"), OVERSEERS
    ),
    ("GET", "/supervision/waiting"): Route(
        _fixed("/supervision/waiting?procedure=9.000001&step=appraise"), OVERSEERS
    ),
    ("POST", "/supervision/press"): Route(_press_many, OVERSEERS - AUDITORS),
    ("POST", "/supervision/assign"): Route(_assign_many, OVERSEERS - AUDITORS),
    ("GET", "/supervision/forecast"): Route(_fixed("/supervision/forecast"), OVERSEERS),
    ("GET", "/alerts"): Route(_fixed("/alerts"), EVERYONE),
    ("GET", "/alerts/counts"): Route(_fixed("/alerts/counts"), EVERYONE),
    ("GET", f"{_DOSSIER}/responsibility"): Route(
        _dossier("claimed", "/responsibility"), READERS - {"portal"}, readers=READERS
    ),
    ("GET", "/ratings"): Route(_fixed("/ratings"), OVERSEERS),
    ("GET", "/timers"): Route(_fixed("/timers"), ADMINISTRATORS),
    ("POST", "/timers/rerun"): Route(_fixed("/timers/rerun"), ADMINISTRATORS),
    ("POST", "/timers/<code:code>/<code:kind>/<int(min=0, max=2147483647):place>/rerun"): Route(
        _failed_timer,
        frozenset({"administrator", "administrator1"}),
        readers=EVERYONE - {"administrator2"},
    ),
    ("GET", "/rulebook"): Route(_fixed(f"/rulebook?agency={COMMUNE_1}"), EVERYONE),
    ("PUT", "/rulebook"): Route(
        _fixed("/rulebook", _RULEBOOK), frozenset({"administrator", "administrator1"})
    ),
    ("GET", "/pause-reasons"): Route(_fixed(f"/pause-reasons?agency={COMMUNE_1}"), EVERYONE),
    ("GET", "/overdue-causes"): Route(_fixed(f"/overdue-causes?agency={COMMUNE_1}"), EVERYONE),
    ("GET", "/outages"): Route(_fixed("/outages"), EVERYONE),
    ("POST", "/outages"): Route(_fixed("/outages", OUTAGE), REGISTRARS, 201),
    ("GET", _OUTAGE): Route(_outage(), EVERYONE),
    ("POST", f"{_OUTAGE}/end"): Route(_outage("/end"), REGISTRARS),
    ("GET", f"{_OUTAGE}/dossiers"): Route(_outage("/dossiers"), EVERYONE),
    ("POST", f"{_OUTAGE}/dossiers"): Route(_late_by_outage, RECORDERS, readers=READERS),
    ("GET", "/calendars/hours"): Route(_fixed(f"/calendars/hours?agency={COMMUNE_1}"), EVERYONE),
    ("GET", "/calendars/announcements"): Route(_fixed("/calendars/announcements"), EVERYONE),
    ("POST", "/calendars/announcements"): Route(
        _announcement(""), frozenset({"administrator", "administrator1"}), 201
    ),
    ("POST", "/calendars/announcements/preview"): Route(
        _announcement("/preview"), frozenset({"administrator", "administrator1"})
    ),
    ("GET", _ANNOUNCEMENT): Route(_announced(""), EVERYONE),
    ("GET", f"{_ANNOUNCEMENT}/dossiers"): Route(_announced("/dossiers"), EVERYONE),
}  # fmt: skip
"""Method and rule (below the prefix) → who may."""

CONFLICTS = {
    ("POST", f"{_PLACE}/release"): frozenset({"second_office1"}),
    ("POST", f"{_PLACE}/delegate"): frozenset({"second_office1"}),
}
"""Those who would be allowed, had a colleague not been faster: 409."""
