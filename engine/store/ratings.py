"""How citizens were served, in their own words: one rating a dossier, apart from its log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.rating_tables import rating as table

CHANGEABLE = timedelta(days=1)
"""How long a slip of the finger can be mended; then what is counted no longer moves."""


@dataclass(frozen=True)
class Rating:
    """From 1 to 5 stars, with a comment perhaps; `changed_at` is when it was last said."""

    stars: int
    comment: str | None
    rated_at: datetime
    changed_at: datetime

    def may_change(self, now: datetime) -> bool:
        """Whether it may still be said again."""
        return now < self.rated_at + CHANGEABLE


_COLUMNS = [table.c[name] for name in Rating.__dataclass_fields__]


def of(tx: Connection, dossier_id: int) -> Rating | None:
    """The rating of a dossier, if there is one."""
    row = tx.execute(select(*_COLUMNS).where(table.c.dossier_id == dossier_id)).one_or_none()
    return Rating(**row._mapping) if row else None


def put(tx: Connection, dossier_id: int, agency: str, said: Rating) -> Rating | None:
    """Keep a rating, also in the place of one that may still change.

    Gives it as it is kept, or None where the older one stays. Two at once follow one another.
    """
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    statement = (
        insert(table)
        .values(dossier_id=dossier_id, agency=agency, **vars(said))
        .on_conflict_do_update(
            index_elements=["dossier_id"],
            set_={"stars": said.stars, "comment": said.comment, "changed_at": said.changed_at},
            where=table.c.rated_at > said.changed_at - CHANGEABLE,
        )
        .returning(*_COLUMNS)
    )
    row = tx.execute(statement).one_or_none()
    return Rating(**row._mapping) if row else None
