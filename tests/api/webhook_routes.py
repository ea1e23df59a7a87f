"""Routes of webhooks, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from engine.store import subscriptions
from engine.store.webhook_tables import subscription
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, OF_COMMUNE_1
from tests.api.routing import Request, Route
from tests.office import COMMUNE_1

_ONE = "/webhooks/<number:webhook>"
_NEW = {"agency": COMMUNE_1, "name": "Bản đồ", "url": "https://bando.example.vn/nhan"}


def _new(lives: Lives) -> Request:
    with lives.office.database.transaction() as tx:
        tx.execute(delete(subscription))
    return Request("/webhooks", _NEW)


def _webhook(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        with lives.office.database.transaction() as tx:
            by = lives.office.actor("administrator1").id
            number = subscriptions.add(
                tx, **_NEW, events=[], created_at=lives.clock(), created_by=by
            )
        return Request(f"/webhooks/{number}{act}", body)

    return prepare


WEBHOOK_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/webhooks"): Route(lambda lives: Request("/webhooks"), ADMINISTRATORS),
    ("POST", "/webhooks"): Route(_new, OF_COMMUNE_1, 201),
    ("GET", _ONE): Route(_webhook(), OF_COMMUNE_1, readers=OF_COMMUNE_1),
    ("PATCH", _ONE): Route(_webhook("", {"name": "Mới"}), OF_COMMUNE_1, readers=OF_COMMUNE_1),
    **{
        ("POST", f"{_ONE}/{act}"): Route(_webhook(f"/{act}"), OF_COMMUNE_1, readers=OF_COMMUNE_1)
        for act in ("pause", "resume", "secret", "test", "end")
    },
}
"""Method and rule (below the prefix) → who may."""
