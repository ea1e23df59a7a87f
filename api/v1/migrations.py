"""Running dossiers taken to another version of their procedure."""

from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import PageIn, answer, wanted
from api.v1.schemas.migrations import (
    MigratedListIn,
    MigratedPage,
    MigrationIn,
    MigrationOut,
    MigrationPage,
)
from engine.commands.dossier_migrations import (
    PlanMigration,
    plan_migration,
    start_migration,
    stop_migration,
)
from engine.model.migration import Choice
from engine.queries import dossier_migrations as queries

routes = Blueprint(
    "migrations", __name__, url_prefix="/migrations", description="Chuyển hồ sơ sang phiên bản mới."
)
ONE = "/<number:migration>"
LOCATION = {"Location": {"description": "Địa chỉ của đợt chuyển.", "schema": {"type": "string"}}}


@routes.get("")
@reads(403, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, MigrationPage)
def list_migrations(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List migrations of dossiers.

    Các đợt chuyển hồ sơ sang phiên bản khác, mới lập trước.
    """
    return answer(queries.list_migrations(call.tx, wanted(query), call.actor))


@routes.post("")
@writes(403, 404)
@routes.arguments(MigrationIn)
@routes.response(201, MigrationOut, headers=LOCATION)
def plan(call: Call, body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Plan a migration and have it tried.

    Chọn hồ sơ và chạy thử từng hồ sơ, chưa thay đổi gì. Xem kết quả rồi mới bắt đầu chuyển.
    """
    choice = Choice(**body.pop("choice"))
    number, _ = plan_migration(call.tx, PlanMigration(**body, choice=choice), call.actor, call.now)
    return _shown(call, number), 201, {"Location": url_for("migrations.show", migration=number)}


@routes.get(ONE)
@reads(404)
@routes.response(200, MigrationOut)
def show(call: Call, migration: int) -> dict[str, Any]:
    """Show a migration.

    Một đợt chuyển, với số hồ sơ theo kết quả.
    """
    return _shown(call, migration)


@routes.get(f"{ONE}/dossiers")
@reads(404, 422)
@routes.arguments(MigratedListIn, location="query")
@routes.response(200, MigratedPage)
def dossiers(call: Call, query: dict[str, Any], migration: int) -> dict[str, Any]:
    """List the dossiers of a migration.

    Từng hồ sơ với kết quả chạy thử hoặc chuyển, và lý do nếu không chuyển được.
    """
    part, verdict = wanted(query), query.get("verdict")
    return answer(queries.dossiers_of(call.tx, migration, part, verdict, call.actor))


@routes.post(f"{ONE}/start")
@writes(404, 409)
@routes.response(200, MigrationOut)
def start(call: Call, migration: int) -> dict[str, Any]:
    """Start or go on with a migration.

    Chuyển lần lượt những hồ sơ chuyển được. Bộ hẹn giờ làm dần; dừng được bất cứ lúc nào.
    """
    start_migration(call.tx, migration, call.actor, call.now)
    return _shown(call, migration)


@routes.post(f"{ONE}/stop")
@writes(404, 409)
@routes.response(200, MigrationOut)
def stop(call: Call, migration: int) -> dict[str, Any]:
    """Stop a migration.

    Không chuyển thêm hồ sơ nào; hồ sơ đã chuyển vẫn theo phiên bản mới.
    """
    stop_migration(call.tx, migration, call.actor, call.now)
    return _shown(call, migration)


def _shown(call: Call, number: int) -> dict[str, Any]:
    found = queries.migration(call.tx, number, call.actor)
    return {
        **vars(found.migration),
        "state_name": found.state_name,
        "counts": found.counts,
        "decided_by": found.decided_by,
    }
