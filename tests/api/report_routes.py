"""Routes of reports, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from engine.commands.reports import send_report
from engine.model.report import Kind, Period
from engine.reports.asked import Asked
from tests.api.lives import Lives
from tests.api.people import AUDITORS, EVERYONE, LEADERS, OF_COMMUNE_1, OVERSEERS
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1

_READERS = (
    LEADERS
    | OF_COMMUNE_1
    | (AUDITORS - {"auditor2"})
    | {"clerk1", "culture_head1", "director1", "control1", "control"}
)
_SIGNATURE = {"capacity": "leader"}
_ASKED = f"agency={COMMUNE_1}&from=2026-07-01&to=2026-07-06"

_BODY = {"agency": COMMUNE_1, "from": "2026-07-01", "to": "2026-07-06"}
_SENDERS = LEADERS | {"director1", "control1", "control"}


def _sent(more: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        lives.accepted()
        period = Period(date(2026, 7, 1), date(2026, 7, 6))
        with lives.office.database.transaction() as tx:
            asked = Asked(COMMUNE_1, period, lives.clock())
            id_ = send_report(tx, Kind.II_06A, asked, lives.office.actor("leader1"))
        return Request(f"/sent-reports/{id_}{more}", body)

    return prepare


REPORT_ROUTES = {
    ("GET", "/reports/responsibility"): Route(
        fixed("/reports/responsibility?from=2026-07-01&to=2026-07-31"), OVERSEERS
    ),
    ("GET", "/reports/unsigned-documents"): Route(fixed("/reports/unsigned-documents"), EVERYONE),
    ("GET", "/reports/<code:kind>"): Route(fixed(f"/reports/II.06a?{_ASKED}"), _READERS),
    ("GET", "/reports/<code:kind>/dossiers"): Route(
        fixed(f"/reports/II.06a/dossiers?{_ASKED}&row=total&column=received"), _READERS
    ),
    ("GET", "/reports/766/days"): Route(fixed(f"/reports/766/days?{_ASKED}"), _READERS),
    **{
        ("GET", f"/reports/<code:kind>/{ending}"): Route(
            fixed(f"/reports/II.06a/{ending}?{_ASKED}"), _READERS
        )
        for ending in ("csv", "xlsx", "pdf")
    },
    ("POST", "/reports/<code:kind>/sent"): Route(
        fixed("/reports/II.06a/sent", _BODY), _SENDERS, 201
    ),
    ("GET", "/sent-reports"): Route(fixed("/sent-reports"), EVERYONE),
    ("GET", "/sent-reports/<number:report>"): Route(_sent(), _READERS, readers=_READERS),
    ("GET", "/sent-reports/<number:report>/recount"): Route(
        _sent("/recount"), _READERS, readers=_READERS
    ),
    ("GET", "/sent-reports/<number:report>/pdf"): Route(_sent("/pdf"), _READERS, readers=_READERS),
    ("POST", "/sent-reports/<number:report>/signatures"): Route(
        _sent("/signatures", _SIGNATURE), LEADERS | {"director1"}, 409, _READERS
    ),
}
