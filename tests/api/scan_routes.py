"""Routes of digitising: only who brings papers into a dossier may."""

from collections.abc import Callable
from typing import Any

from tests.api.document_routes import FILERS
from tests.api.lives import Lives
from tests.api.people import READERS
from tests.api.routing import Request, Route
from tests.scanned import COMPONENT, Scanner

_CODE = "/dossiers/<code:code>"
_SCAN = f"{_CODE}/scans/<number:scan>"
_SENDER = frozenset({"reception1"})


def _with_scan(act: str = "", by_number: bool = True) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        dossier = lives.accepted()
        job = Scanner(lives, lives.files).scan(dossier)
        number = f"/{job.id}" if by_number else ""
        return Request(f"/dossiers/{dossier.code}/scans{number}{act}")

    return prepare


def _order(lives: Lives) -> Request:
    dossier = lives.accepted()
    upload = Scanner(lives, lives.files).bring(dossier)
    body: Any = {"component": COMPONENT, "pages": [{"upload": upload, "page": 0}]}
    return Request(f"/dossiers/{dossier.code}/scans", body)


def _checklist(lives: Lives) -> Request:
    return Request(f"/dossiers/{lives.accepted().code}/components")


def _obtain(lives: Lives) -> Request:
    path = f"/dossiers/{lives.accepted().code}/components/B/obtained"
    return Request(path, {"looked_up": "Số 12/2026"})


def _page(lives: Lives) -> Request:
    dossier, scanner = lives.accepted(), Scanner(lives, lives.files)
    return Request(f"/dossiers/{dossier.code}/documents/{scanner.document(dossier)}/pages/1")


SCAN_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", f"{_CODE}/components"): Route(_checklist, READERS, readers=READERS),
    ("POST", f"{_CODE}/components/<code:component>/obtained"): Route(
        _obtain, FILERS, readers=READERS
    ),
    ("GET", f"{_CODE}/scans"): Route(_with_scan(by_number=False), READERS, readers=READERS),
    ("POST", f"{_CODE}/scans"): Route(_order, _SENDER, 202, READERS - (FILERS - _SENDER)),
    ("GET", _SCAN): Route(_with_scan(), READERS, readers=READERS),
    ("DELETE", _SCAN): Route(_with_scan(), FILERS, 204, READERS),
    ("GET", f"{_CODE}/documents/<number:document>/pages/<number:page>"): Route(
        _page, READERS, readers=READERS
    ),
}
