"""What reports count

One row says how a dossier stood from one day to another; those of dossiers from before are read
from their log. What agencies and procedures were is kept from now on. A process of the previous
release leaves no states while it still runs; verification says so of its dossiers.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

VIETNAM = timezone(timedelta(hours=7))
TELLING = (
    *("DOSSIER_RECEIVED", "DUE_DATE_SET", "DOSSIER_PAUSED", "PAUSE_LIMIT_SET", "DOSSIER_RESUMED"),
    *("DOSSIER_STATUS_CHANGED", "DOSSIER_FINISHED"),
)
ENDINGS = {"refused", "withdrawn", "discontinued"}
BATCH = 500

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
dossier = sa.table(
    "dossier",
    *(
        sa.column(name)
        for name in ("id", "procedure", "competent_agency", "receiving_agency", "channel")
    ),
    sa.column("received_at", sa.DateTime(timezone=True)),
)
dossier_life = sa.table("dossier_life", sa.column("dossier_id"), sa.column("life", sa.JSON()))
event = sa.table(
    "event",
    *(sa.column(name) for name in ("dossier_id", "seq", "type", "caused_by")),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("data", sa.JSON()),
)
_dates = ("received_on", "due_on", "first_due_on", "ended_on", "halted_on", "pause_until_on")
report_state = sa.table(
    "report_state",
    *(sa.column(name) for name in ("dossier_id", "span", "procedure", "competent_agency")),
    *(sa.column(name) for name in ("receiving_agency", "channel", "ending", "pause")),
    *(sa.column(name, sa.Date()) for name in ("since_on", "until_on", *_dates)),
)


def upgrade() -> None:
    op.create_table(
        "report_state",
        sa.Column("dossier_id", _id, nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("span", sa.SmallInteger(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("competent_agency", sa.String(length=64), nullable=False),
        sa.Column("receiving_agency", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ending", sa.String(length=16)),
        sa.Column("halted_on", sa.Date()),
        sa.Column("pause", sa.String(length=32)),
        sa.Column("pause_until_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_report_state_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "since_on", name=op.f("pk_report_state")),
    )
    op.create_table(
        "agency_before",
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("parent", sa.String(length=64)),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_agency_before_agency")),
        sa.PrimaryKeyConstraint("agency", "until_on", name=op.f("pk_agency_before")),
    )
    op.create_table(
        "procedure_before",
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure"], ["procedure.code"], name=op.f("fk_procedure_before_procedure")
        ),
        sa.PrimaryKeyConstraint("procedure", "until_on", name=op.f("pk_procedure_before")),
    )
    fill(op.get_bind())
    _index("ix_report_state_going", ["competent_agency", "span", "since_on"], "ended_on IS NULL")
    _index("ix_report_state_ended", ["competent_agency", "ended_on"], "ended_on IS NOT NULL")


def _index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "report_state", columns, postgresql_where=where, sqlite_where=where)


def fill(connection: sa.Connection) -> None:
    """Read the states of all received dossiers from their logs, some hundreds at a time."""
    last = 0
    query = (
        sa.select(dossier, dossier_life.c.life)
        .join(dossier_life, dossier_life.c.dossier_id == dossier.c.id)
        .where(dossier.c.received_at.is_not(None))
        .order_by(dossier.c.id)
        .limit(BATCH)
    )
    while found := connection.execute(query.where(dossier.c.id > last)).all():
        rows = list(_states(connection, found))
        if rows:
            connection.execute(sa.insert(report_state), rows)
        last = found[-1].id


def _states(connection: sa.Connection, found: Any) -> Iterator[dict[str, Any]]:
    ids = [row.id for row in found]
    told = (
        sa.select(event)
        .where(event.c.dossier_id.in_(ids))
        .where(event.c.type.in_(TELLING) | event.c.caused_by.is_(None))
        .order_by(event.c.dossier_id, event.c.seq)
    )
    logs = groupby(connection.execute(told), lambda row: row.dossier_id)
    events = {dossier_id: list(log) for dossier_id, log in logs}
    for row in found:
        yield from _rows(row, events[row.id])


def _rows(row: Any, events: list[Any]) -> Iterator[dict[str, Any]]:
    always = {
        "dossier_id": row.id,
        "procedure": row.procedure,
        "competent_agency": row.competent_agency,
        "receiving_agency": row.receiving_agency,
        "channel": row.channel,
        "received_on": _day(row.received_at),
    }
    rows: list[dict[str, Any]] = []
    before: dict[str, Any] | None = None
    for day, state in _course(row.life["clock"]["changes"], events):
        if state is None or state == before:
            continue
        before = state
        if rows:
            last = rows.pop()
            if last["since_on"] != day:
                span = (day - last["since_on"]).days.bit_length()
                rows.append({**last, "until_on": day, "span": span})
        rows.append({**always, **state, "since_on": day, "until_on": None, "span": 0})
    yield from rows


def _course(changes: Iterable[Any], events: list[Any]) -> Iterator[tuple[date, Any]]:
    """How a dossier stood after each act, letters apart, which are kept with what they are for."""
    told: dict[str, Any] = {"due": None, "ended_at": None, "outcome": None, "pauses": []}
    for number, each in enumerate(events):
        _tell(told, each)
        following = events[number + 1] if number + 1 < len(events) else None
        if following is None or (following.caused_by is None and following.type != "LETTER_ISSUED"):
            yield _day(each.at), _state(told, changes, each.at)


def _tell(told: dict[str, Any], each: Any) -> None:
    data, pauses = each.data, told["pauses"]
    if each.type == "DOSSIER_RECEIVED" and "due_at" in data:
        told["due"] = told["first_due"] = data["due_at"]
    elif each.type == "DUE_DATE_SET":
        told["due"] = data["after"]
    elif each.type == "DOSSIER_PAUSED":
        pauses.append({"until": None, "place": None, **data})
    elif each.type == "PAUSE_LIMIT_SET":
        next(each for each in pauses if each["place"] is None)["until"] = data["until"]
    elif each.type == "DOSSIER_RESUMED":
        place = data.get("place")
        pauses.remove(next(each for each in pauses if each["place"] == place))
    elif each.type == "DOSSIER_FINISHED":
        told["outcome"] = data["outcome"]
    elif each.type == "DOSSIER_STATUS_CHANGED":
        done = data["after"] == "processed" or told["outcome"]
        told["ended_at"] = (told["ended_at"] or each.at) if done else None


def _state(told: dict[str, Any], changes: Iterable[Any], at: datetime) -> dict[str, Any] | None:
    if told["due"] is None:
        return None
    state = dict.fromkeys(("ended_on", "ending", "halted_on", "pause", "pause_until_on"))
    state |= {"due_on": _read(told["due"]), "first_due_on": _read(told["first_due"])}
    if told["ended_at"]:
        outcome = told["outcome"]
        ending = outcome if outcome in ENDINGS else "resolved"
        return {**state, "ended_on": _day(told["ended_at"]), "ending": ending}
    state["halted_on"] = _halted_on(changes, _aware(at))
    by_order = [each for each in told["pauses"] if each["place"] is None]
    for pause in [*by_order, *told["pauses"]][:1]:
        until = pause["until"]
        state |= {"pause": pause["reason"], "pause_until_on": _read(until) if until else None}
    return state


def _halted_on(changes: Iterable[Any], at: datetime) -> date | None:
    halted: date | None = None
    for kind, moment, _ in changes:
        if datetime.fromisoformat(moment) <= at:
            if kind == "paused":
                halted = halted or _read(moment)
            elif kind == "resumed":
                halted = None
    return halted


def _read(moment: str) -> date:
    return _day(datetime.fromisoformat(moment))


def _day(moment: datetime) -> date:
    return _aware(moment).astimezone(VIETNAM).date()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
