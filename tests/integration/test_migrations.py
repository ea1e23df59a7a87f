"""The migrations build what `engine/store/tables.py` says, whole or not at all."""

import json
import subprocess
import sys
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Inspector, inspect, text
from sqlalchemy.exc import DatabaseError

from engine.store.database import Database
from engine.store.migrate import current, newest, upgrade
from engine.store.schema import metadata
from tests.conftest import Fresh

TRIGGERS = {
    "event_refuses_update": "event",
    "event_refuses_delete": "event",
    "event_payload_refuses_update": "event_payload",
    "access_refuses_update": "access",
    "access_refuses_delete": "access",
    "event_payload_erases_terms": "event_payload",
    "office_event_refuses_update": "office_event",
    "office_event_refuses_delete": "office_event",
    "event_payload_erases_owner": "event_payload",
    "historic_owner_erases_owner": "historic_owner",
    "historic_owner_refuses_update": "historic_owner",
    "historic_result_refuses_update": "historic_result",
    "historic_result_refuses_delete": "historic_result",
    "petition_event_refuses_update": "petition_event",
    "petition_event_refuses_delete": "petition_event",
    "petition_access_refuses_update": "petition_access",
    "petition_access_refuses_delete": "petition_access",
    "petition_payload_refuses_update": "petition_payload",
    "anchor_refuses_update": "anchor",
    "anchor_refuses_delete": "anchor",
    "anchor_leaf_refuses_update": "anchor_leaf",
    "anchor_leaf_refuses_delete": "anchor_leaf",
    "anchor_seal_refuses_update": "anchor_seal",
    "anchor_seal_refuses_delete": "anchor_seal",
    "sent_report_refuses_update": "sent_report",
    "sent_report_refuses_delete": "sent_report",
}
ONLY_SQLITE = {
    "event_refuses_replace": "event",
    "access_refuses_replace": "access",
    "office_event_refuses_replace": "office_event",
    "historic_result_refuses_replace": "historic_result",
    "petition_event_refuses_replace": "petition_event",
    "petition_access_refuses_replace": "petition_access",
    "anchor_refuses_replace": "anchor",
    "anchor_leaf_refuses_replace": "anchor_leaf",
    "anchor_seal_refuses_replace": "anchor_seal",
    "sent_report_refuses_replace": "sent_report",
}
ONLY_POSTGRESQL = {
    "event_refuses_truncate": "event",
    "access_refuses_truncate": "access",
    "office_event_refuses_truncate": "office_event",
    "historic_result_refuses_truncate": "historic_result",
    "petition_event_refuses_truncate": "petition_event",
    "petition_access_refuses_truncate": "petition_access",
    "anchor_refuses_truncate": "anchor",
    "anchor_leaf_refuses_truncate": "anchor_leaf",
    "anchor_seal_refuses_truncate": "anchor_seal",
    "sent_report_refuses_truncate": "sent_report",
}


def nothing(database: Database) -> None:
    """Leave a template empty."""


def from_metadata(database: Database) -> None:
    """Fill a template without migrations."""
    metadata.create_all(database.engine)


def schema(database: Database) -> dict[str, Any]:
    """Everything that can be read back about the tables, in comparable form."""
    inspector = inspect(database.engine)
    names = set(inspector.get_table_names()) - {"alembic_version"}
    tables = {name: table(inspector, name) for name in names}
    return dict(json.loads(json.dumps(tables, default=str)))


def table(inspector: Inspector, name: str) -> dict[str, Any]:
    constraints: list[Any] = [
        *inspector.get_foreign_keys(name),
        *inspector.get_unique_constraints(name),
        *inspector.get_check_constraints(name),
        *inspector.get_indexes(name),
    ]
    return {
        "columns": inspector.get_columns(name),
        "key": inspector.get_pk_constraint(name),
        "constraints": sorted(constraints, key=lambda constraint: str(constraint["name"])),
    }


def triggers(database: Database) -> dict[str, str]:
    """Trigger → table."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with database.reading() as tx:
        return {row[0]: row[1] for row in tx.execute(text(query))}


def test_the_migrated_schema_is_that_of_the_tables(
    fresh_database: Fresh, database: Database
) -> None:
    with fresh_database(from_metadata) as wanted:
        assert schema(database) == schema(wanted)


def test_alembic_would_write_no_further_migration(database: Database) -> None:
    with database.reading() as tx:
        context = MigrationContext.configure(tx, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_triggers_are_there(database: Database) -> None:
    extra = ONLY_SQLITE if database.is_sqlite else ONLY_POSTGRESQL
    assert triggers(database) == TRIGGERS | extra


def test_a_migrated_database_knows_its_version(database: Database) -> None:
    assert current(database) == newest()


def test_an_empty_database_has_no_version(fresh_database: Fresh) -> None:
    with fresh_database(nothing) as database:
        assert current(database) is None


def test_upgrading_again_changes_nothing(database: Database) -> None:
    before = schema(database)
    upgrade(database)
    assert schema(database) == before


def test_a_failed_upgrade_leaves_nothing_behind(fresh_database: Fresh) -> None:
    with fresh_database(nothing) as database:
        with database.transaction() as tx:
            tx.execute(text("CREATE TABLE timer (unexpected INTEGER)"))
        with pytest.raises(DatabaseError, match="timer"):
            upgrade(database)
        assert set(schema(database)) == {"timer"}
        assert current(database) is None


def test_references_are_checked_again_after_an_upgrade(sqlite_database: Database) -> None:
    upgrade(sqlite_database)
    with sqlite_database.reading() as tx:
        assert tx.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_several_processes_may_upgrade_at_once(fresh_database: Fresh) -> None:
    program = (
        "import sys; from engine.store.database import Database;"
        "from engine.store.migrate import upgrade; upgrade(Database(sys.argv[1]))"
    )
    with fresh_database(nothing) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-c", program, url]
        processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
        for process in processes:
            _, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors.decode()
        assert current(database) == newest()
