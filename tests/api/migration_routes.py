"""Routes of migrations of running dossiers, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from engine.commands.dossier_migrations import start_migration
from notifications.migrating import carry_on
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, OF_COMMUNE_1
from tests.api.routing import Request, Route, fixed
from tests.diagrams import CODE
from tests.integration.migrations.planned import STEPS, WHO, Desk
from tests.office import COMMUNE_1

_ONE = "/migrations/<number:migration>"


def _plan(lives: Lives) -> Request:
    lives.accepted()
    body = {"procedure": CODE, "version": Desk(lives).version, "agency": COMMUNE_1}
    return Request("/migrations", {**body, "ground": "QĐ 12", "steps": STEPS})


def _planned(act: str = "", running: bool = False) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        lives.accepted()
        desk = Desk(lives)
        desk.plan()
        carry_on(desk.database, lives.clock)
        if running:
            with desk.database.transaction() as tx:
                start_migration(tx, desk.number, desk.office.actor(WHO), lives.clock())
        body: Any = {} if act in ("/start", "/stop") else None
        return Request(f"/migrations/{desk.number}{act}", body)

    return prepare


MIGRATION_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/migrations"): Route(fixed("/migrations"), ADMINISTRATORS),
    ("POST", "/migrations"): Route(_plan, OF_COMMUNE_1, 201),
    ("GET", _ONE): Route(_planned(), OF_COMMUNE_1, readers=OF_COMMUNE_1),
    ("GET", f"{_ONE}/dossiers"): Route(_planned("/dossiers"), OF_COMMUNE_1, readers=OF_COMMUNE_1),
    ("POST", f"{_ONE}/start"): Route(_planned("/start"), OF_COMMUNE_1, readers=OF_COMMUNE_1),
    ("POST", f"{_ONE}/stop"): Route(
        _planned("/stop", running=True), OF_COMMUNE_1, readers=OF_COMMUNE_1
    ),
}
"""Method and rule (below the prefix) → who may."""
