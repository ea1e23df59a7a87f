"""Versions in force before offices' decisions were kept become part of the history."""

import json
from datetime import timedelta

from alembic import command
from sqlalchemy import text

from engine.store.database import Database
from engine.store.migrate import config, upgrade
from tests.clock import START
from tests.conftest import Fresh

BEFORE = "0037"
FACTS = 'decision = "1/QĐ"\nname = "Tên"\nfield = "Lĩnh vực"\nlevel = "commune"\n'


def old(database: Database) -> None:
    """The schema before; three versions of a procedure, the second one in force again."""
    with database.transaction() as tx:
        command.upgrade(config(tx), BEFORE)
        for number, digest in enumerate("abc"):
            tx.execute(
                text(
                    "INSERT INTO definition (digest, procedure, sources, deployed_at)"
                    " VALUES (:digest, '1.001', :sources, :at)"
                ),
                {
                    "digest": digest,
                    "sources": json.dumps({"facts.toml": FACTS}),
                    "at": f"{START + timedelta(days=number):%Y-%m-%d %H:%M:%S}",
                },
            )


def test_versions_of_before_are_carried_over(fresh_database: Fresh) -> None:
    with fresh_database(old) as database:
        with database.transaction() as tx:
            tx.execute(
                text(
                    "INSERT INTO procedure (code, version, name, field, level, since)"
                    " VALUES ('1.001', 'b', 'Tên', 'Lĩnh vực', 'commune', :at)"
                ),
                {"at": f"{START + timedelta(days=9):%Y-%m-%d %H:%M:%S}"},
            )
        upgrade(database)
        with database.reading() as tx:
            rows = tx.execute(
                text(
                    "SELECT version, standing, origin, levels FROM procedure_standing"
                    " ORDER BY effective_from, id"
                )
            ).all()
    assert [tuple(row) for row in rows] == [
        ("a", "announced", "office", "commune"),
        ("b", "amended", "office", "commune"),
        ("c", "amended", "office", "commune"),
        ("b", "amended", "office", "commune"),
    ]
