"""The dossiers behind a figure of a report, as supervisors see dossiers."""

from sqlalchemy import Connection

from engine.model.actor import Actor, Permission
from engine.model.report import Kind
from engine.queries.paging import Page, Slice, page
from engine.queries.reports import require_reader
from engine.queries.supervision import SupervisedDossier, lines, shown
from engine.reports.asked import Asked, Figure
from engine.reports.kinds import COUNTINGS
from engine.store.tables import dossier
from engine.store.visibility import visible_dossiers


def list_figure(
    tx: Connection, wanted: Slice, kind: Kind, asked: Asked, figure: Figure, actor: Actor
) -> Page[SupervisedDossier]:
    """Those that the figure counts and the actor may read, as they stand now, the latest handed in
    first. Raises `NotPermitted`, `AgencyUnknown`, `FigureUnknown`."""
    require_reader(actor, asked)
    ids = COUNTINGS[kind].behind(tx, asked, figure)
    readable = visible_dossiers(actor, Permission.DOSSIER_READ)
    query = lines().where(dossier.c.id.in_(ids), readable).order_by(dossier.c.id.desc())
    query = query.where(dossier.c.id < wanted.after[0]) if wanted.after else query
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, shown(tx, rows), lambda row: (row.id,))
