"""Dossiers in the database: locked and loaded for one act, saved with what the act changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from bpmn.facts import Facts
from bpmn.procedure import Procedure
from engine.errors import DossierUnknown
from engine.life.groups import responsible, rest, standing
from engine.life.keeping import digitised
from engine.life.reporting import Reported, reported
from engine.life.timers import TimerKey, timers
from engine.model import snapshot
from engine.model.alert import WHOLE
from engine.model.document import Document
from engine.model.dossier import Dossier
from engine.model.obtained import Obtained
from engine.model.vault import Kept
from engine.store import (
    alerts,
    definitions,
    documents,
    events,
    holdings,
    letters,
    money,
    notice_calls,
    obtained,
    portal,
    report_states,
    requests,
    search_terms,
    spells,
    subscriptions,
    tasks,
    vault,
)
from engine.store import timers as timer_rows
from engine.store.chain import GENESIS
from engine.store.database import pipelined
from engine.store.tables import agency, dossier_life
from engine.store.tables import dossier as table

# Statements of the common path are built once: building one costs more than running it.
_READ = (
    select(
        table.c.id, table.c.head, table.c.owner_name, dossier_life.c.life,
        agency.c.calendar.label("calendar_in_force"),
    )
    .join(dossier_life, dossier_life.c.dossier_id == table.c.id)
    .join(agency, agency.c.code == table.c.competent_agency)
    .where(table.c.code == bindparam("the_code"))
)  # fmt: skip
_LOCK = _READ.with_for_update(of=(table, dossier_life))
# Both rows are locked: whoever waited for the lock then reads both as they are now, while a row
# that is only joined would be read as it was before the wait.
_UPDATE = update(table).where(table.c.id == bindparam("the_id"))
_UPDATE_LIFE = update(dossier_life).where(dossier_life.c.dossier_id == bindparam("the_id"))


@dataclass
class Loaded:
    """A dossier locked by this transaction, with what is needed to write only what changes."""

    id: int
    dossier: Dossier
    owner_name: str
    head: str
    armed: dict[TimerKey, object]
    placed: dict[int, tasks.Projection]
    warned: dict[int, alerts.Projection]
    calendar_in_force: str
    filed: dict[int, Document]
    vaulted: dict[int, Kept]
    looked_up: dict[str, Obtained]
    owed: money.Rows
    asked: requests.Rows
    stood: spells.Stood | None = None
    counted: Reported | None = None


def lock(tx: Connection, code: str) -> Loaded:
    """Load a dossier and keep others from acting on it until the transaction ends.

    Raises `DossierUnknown`.
    """
    return _loaded(tx, _LOCK, code)


def read(tx: Connection, code: str) -> Loaded:
    """Load a dossier without keeping anybody from anything; raises `DossierUnknown`."""
    return _loaded(tx, _READ, code)


def _loaded(tx: Connection, query: Select[Any], code: str) -> Loaded:
    row = tx.execute(query, {"the_code": code}).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    dossier = snapshot.from_json(row.life)
    return Loaded(
        id=row.id,
        dossier=dossier,
        owner_name=row.owner_name,
        head=row.head,
        armed=dict(timers(dossier)),
        placed=tasks.projections(dossier),
        warned=alerts.projections(dossier),
        calendar_in_force=row.calendar_in_force,
        filed=dict(dossier.documents),
        vaulted=vault.papers(tx, dossier),
        looked_up=dict(dossier.obtained),
        owed=money.rows_of(dossier),
        asked=requests.rows_of(dossier),
        stood=spells.stood(dossier),
        counted=reported(dossier),
    )


def add(tx: Connection, dossier: Dossier, owner_name: str) -> Loaded:
    """Put a new dossier into the database with its first events."""
    row = {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "channel": dossier.channel,
        "receiving_agency": dossier.receiving_agency,
        "competent_agency": dossier.competent_agency,
        "submitted_by": dossier.submitted_by,
        "submitted_at": dossier.submitted_at,
        "owner_name": owner_name,
        "head": GENESIS,
        "rulebook": dossier.rulebook,
        "ticket": dossier.ticket,
        "assisted": dossier.assisted,
        **changing(dossier, _facts(tx, dossier)),
        "seq": dossier.seq,
    }
    id_ = tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    tx.execute(insert(dossier_life).values(dossier_id=id_, life=snapshot.to_json(dossier)))
    search_terms.add(tx, id_, dossier, dossier.news[0].payload)
    empty: tuple[Any, ...] = ({}, {}, {}, dossier.calendar, {}, {}, {}, {}, {})
    loaded = Loaded(id_, dossier, owner_name, GENESIS, *empty)
    news = [*dossier.news]
    notice_calls.tell(tx, id_, dossier, _procedure(tx, dossier))
    _save_projections(tx, loaded, _tell(tx, loaded))
    loaded.counted = report_states.save(tx, id_, None, dossier)
    tx.execute(_UPDATE, {"the_id": id_, "head": loaded.head})
    portal.tell(tx, loaded, news)
    subscriptions.publish(tx, id_, dossier, news)
    return loaded


def save(tx: Connection, loaded: Loaded) -> None:
    """Append the news to the log and bring every projection up to date."""
    dossier, news = loaded.dossier, [*loaded.dossier.news]
    told = _tell(tx, loaded)
    notice_calls.tell(tx, loaded.id, dossier, _procedure(tx, dossier))
    loaded.vaulted = vault.save(tx, loaded.id, loaded.vaulted, dossier)
    loaded.counted = report_states.save(tx, loaded.id, loaded.counted, dossier)
    changed = changing(dossier, _facts(tx, dossier))
    row = {"the_id": loaded.id, "seq": dossier.seq, "unanchored": True, **changed}
    with pipelined(tx):
        _save_projections(tx, loaded, told)
        tx.execute(_UPDATE, {**row, "head": loaded.head})
        tx.execute(_UPDATE_LIFE, {"the_id": loaded.id, "life": snapshot.to_json(dossier)})
    portal.tell(tx, loaded, news)
    subscriptions.publish(tx, loaded.id, dossier, news)


def _tell(tx: Connection, loaded: Loaded) -> alerts.Told:
    return alerts.tell(tx, loaded.warned, loaded.dossier, _facts(tx, loaded.dossier).name)


def _facts(tx: Connection, dossier: Dossier) -> Facts:
    return _procedure(tx, dossier).facts


def _procedure(tx: Connection, dossier: Dossier) -> Procedure:
    return definitions.version(tx, dossier.version)


def _save_projections(tx: Connection, loaded: Loaded, told: alerts.Told) -> None:
    dossier = loaded.dossier
    loaded.head = events.append(tx, loaded.id, dossier, loaded.head)
    loaded.placed = tasks.save(tx, loaded.id, loaded.placed, dossier)
    loaded.armed = timer_rows.save(tx, loaded.id, loaded.armed, dossier)
    loaded.warned = alerts.save(tx, loaded.id, loaded.warned, dossier, told)
    loaded.filed = documents.save(tx, loaded.id, loaded.filed, dossier)
    loaded.looked_up = obtained.save(tx, loaded.id, loaded.looked_up, dossier)
    loaded.owed = money.save(tx, loaded.id, loaded.owed, dossier)
    loaded.asked = requests.save(tx, loaded.id, loaded.asked, dossier)
    holdings.save(tx, loaded.id, dossier)
    letters.save(tx, loaded.id, dossier.news)
    loaded.stood = spells.save(tx, loaded.id, loaded.stood, dossier)
    dossier.news.clear()


def changing(dossier: Dossier, facts: Facts) -> dict[str, Any]:
    """What of a dossier's row its acts change, beside the revision."""
    clock, who = dossier.clock, responsible(dossier)
    pause = rest(dossier)
    late = dossier.lateness.get(WHOLE)
    return {
        "version": dossier.version,
        "status": dossier.status,
        "outcome": dossier.outcome,
        "overdue": dossier.overdue,
        "priority": dossier.priority,
        "standing": standing(dossier),
        "stage": who.stage,
        "unit": who.unit,
        "holder": who.holder,
        "pause_reason": pause and pause.reason,
        "paused_since": pause and pause.since,
        "pause_until": pause and pause.until,
        "overdue_cause": late and late.cause,
        "outage": late and late.outage,
        "calendar": dossier.calendar,
        "received_at": dossier.received_at,
        "due_at": clock and clock.due_at,
        "first_due_at": clock and clock.first_due_at,
        "processed_at": dossier.processed_at,
        "finished_at": dossier.finished_at,
        "masked_at": dossier.masked_at,
        "budget": round(clock.budget.total_seconds()) if clock else None,
        "used": round(clock.spent.total_seconds()) if clock and clock.stopped_at else None,
        **vars(digitised(dossier, facts)),
    }


def count(tx: Connection) -> int:
    """How many dossiers there are."""
    return tx.execute(select(func.count()).select_from(table)).scalar_one()
