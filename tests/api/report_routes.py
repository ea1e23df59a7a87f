"""Routes of reports, with who may use them; part of `tests.api.routes`."""

from tests.api.people import AUDITORS, EVERYONE, LEADERS, OF_COMMUNE_1, OVERSEERS
from tests.api.routing import Route, fixed
from tests.office import COMMUNE_1

_READERS = (
    LEADERS
    | OF_COMMUNE_1
    | (AUDITORS - {"auditor2"})
    | {"culture_head1", "director1", "control1", "control"}
)
_ASKED = f"agency={COMMUNE_1}&from=2026-07-01&to=2026-07-06"

REPORT_ROUTES = {
    ("GET", "/reports/responsibility"): Route(
        fixed("/reports/responsibility?from=2026-07-01&to=2026-07-31"), OVERSEERS
    ),
    ("GET", "/reports/unsigned-documents"): Route(fixed("/reports/unsigned-documents"), EVERYONE),
    ("GET", "/reports/<code:kind>"): Route(fixed(f"/reports/II.06a?{_ASKED}"), _READERS),
    ("GET", "/reports/<code:kind>/dossiers"): Route(
        fixed(f"/reports/II.06a/dossiers?{_ASKED}&row=total&column=received"), _READERS
    ),
    **{
        ("GET", f"/reports/<code:kind>/{ending}"): Route(
            fixed(f"/reports/II.06a/{ending}?{_ASKED}"), _READERS
        )
        for ending in ("csv", "xlsx", "pdf")
    },
}
