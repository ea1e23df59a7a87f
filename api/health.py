"""Whether the process lives, and whether it can serve."""

from datetime import timedelta
from functools import cache

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from api.problems import problem
from api.services import services
from engine.store import heartbeats, migrate

routes = Blueprint("health", __name__)
SILENT = timedelta(seconds=60)
"""Without a tick for this long, no scheduler runs."""

_newest = cache(migrate.newest)


@routes.get("/healthz")
def healthz() -> Response:
    """The process lives."""
    return jsonify(status="ok")


@routes.get("/readyz")
def readyz() -> Response:
    """The database answers and has the schema that this program knows.

    Whether a scheduler runs is told beside: without one this process can serve all the same.
    """
    try:
        current = migrate.current(services().database)
    except (DBAPIError, PoolExhausted):
        return problem(503, code="database_unreachable", detail="Không kết nối được cơ sở dữ liệu.")
    if current != _newest():
        detail = "Cơ sở dữ liệu chưa ở phiên bản mới nhất. Hãy chạy «motcua migrate»."
        return problem(503, code="migrations_pending", detail=detail)
    return jsonify(status="ok", scheduler="running" if _scheduler_runs() else "silent")


def _scheduler_runs() -> bool:
    now = services().clock()
    with services().database.reading() as tx:
        ticked = heartbeats.last_tick(tx, now)
    return ticked is not None and now - ticked <= SILENT
