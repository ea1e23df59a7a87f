"""Routes of money, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from tests.api.lives import Lives
from tests.api.people import LEADERS, READERS, RECEPTION, SPECIALISTS
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1
from tests.owing import Owing
from tests.unit.engine.paying import CHARGE

_DOSSIER = "/dossiers/<code:code>"
_ONE = f"{_DOSSIER}/obligations/<int(min=1, max=2147483647):obligation>"
_PAID = f"{_DOSSIER}/payments/<int(min=1, max=2147483647):payment>"
_SETTERS = SPECIALISTS | LEADERS
_DECIDERS = LEADERS | {"director1"}
_MONEY = _DECIDERS | {"cashier1", "auditor1", "auditor"}
_WHY = {"reason": "Ghi nhầm số tiền"}
_ITEMS = [{"name": "Tiền sử dụng đất", "amount": 4_000_000}]
_NOTICE = {
    "items": _ITEMS,
    "notice": {"number": "9/TB", "issuer": "Thuế cơ sở 3", "issued_on": "2026-07-06"},
    "due_at": "2026-08-06T17:00:00+07:00",
    "ground": "Luật Đất đai 2024",
}


def _of(state: str, act: str, body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        owing = Owing(lives.office, lives.clock)
        return Request(f"/dossiers/{getattr(owing, state)().code}{act}", body)

    return prepare


def _waiting(lives: Lives) -> Request:
    return Request(f"/dossiers/{lives.obliged().code}/obligations/confirm")


def _evidence(lives: Lives) -> Request:
    code = Owing(lives.office, lives.clock).noticed().code
    paid_at = "2026-07-06T08:00:00+07:00"
    body = {"obligation": 2, "amount": 5_000, "reference": f"GNT {code}", "paid_at": paid_at}
    return Request(f"/dossiers/{code}/payments/evidence", body)


MONEY_ROUTES = {
    ("GET", f"{_DOSSIER}/obligations"): Route(
        _of("noticed", "/obligations"), READERS - {"portal"}, 200, READERS - {"portal"}
    ),
    ("GET", f"{_DOSSIER}/payments"): Route(
        _of("overpaid", "/payments"), READERS - {"portal"}, 200, READERS - {"portal"}
    ),
    **{
        ("POST", path): Route(prepare, may, readers=READERS - {"portal"})
        for path, prepare, may in (
            (f"{_DOSSIER}/obligations", _of("dossier", "/obligations", _NOTICE), _SETTERS),
            (
                f"{_ONE}/correction",
                _of(
                    "noticed",
                    "/obligations/2/correction",
                    {"items": _ITEMS, "ground": "Luật Đất đai 2024", **_WHY},
                ),
                _SETTERS,
            ),
            (f"{_ONE}/cancellation", _of("noticed", "/obligations/2/cancellation", _WHY), _SETTERS),
            (
                f"{_ONE}/deferral",
                _of("dossier", "/obligations/1/deferral", {"ground": "Nghị định 103/2024/NĐ-CP"}),
                _DECIDERS,
            ),
            (
                f"{_DOSSIER}/payments",
                _of("dossier", "/payments", {"obligation": 1, "amount": CHARGE, "payer": "Hoa"}),
                frozenset({"cashier1"}),
            ),
            (f"{_DOSSIER}/payments/evidence", _evidence, SPECIALISTS | {"cashier1"}),
            (
                f"{_PAID}/cancellation",
                _of("receipted", "/payments/1/cancellation", _WHY),
                frozenset({"cashier1"}),
            ),
            (
                f"{_PAID}/refunds",
                _of("overpaid", "/payments/1/refunds", {"amount": 5, **_WHY}),
                _DECIDERS,
            ),
            (
                f"{_PAID}/refunds/<int(min=1, max=2147483647):refund>/made",
                _of(
                    "refundable",
                    "/payments/1/refunds/1/made",
                    {"means": "transfer", "reference": "UNC 12"},
                ),
                frozenset({"cashier1"}),
            ),
            (
                f"{_DOSSIER}/category",
                _of("dossier", "/category", {"category": "ho_ngheo", "evidence": "GCN 12"}),
                RECEPTION,
            ),
        )
    },
    ("POST", f"{_DOSSIER}/obligations/confirm"): Route(
        _waiting, SPECIALISTS | {"cashier1"}, readers=READERS
    ),
    ("GET", f"{_PAID}/receipt"): Route(
        _of("receipted", "/payments/1/receipt"), _MONEY, 200, READERS - {"portal"}
    ),
    **{
        ("GET", f"/money{path}"): Route(fixed(f"/money{path}?agency={COMMUNE_1}{more}"), _MONEY)
        for path, more in (
            ("/day", "&day=2026-07-06"),
            ("/day/sums", "&day=2026-07-06"),
            ("/debts", ""),
            ("/refunds/due", ""),
            ("/refunds/decided", ""),
        )
    },
}
