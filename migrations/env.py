"""Called by Alembic: runs the steps on the connection that `engine.store.migrate` hands over.

The caller has begun the transaction and commits it; all steps succeed or none does.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger

from engine.store import (  # noqa: F401 - they register themselves
    anchor_tables,
    audit_tables,
    board_tables,
    connector_tables,
    desk_tables,
    digitising_tables,
    dossier_migration_tables,
    gateway_tables,
    inbox_tables,
    index_tables,
    letter_tables,
    money_tables,
    notice_tables,
    office_tables,
    outbox_tables,
    paper_tables,
    petition_tables,
    portal_tables,
    posting_tables,
    procedure_tables,
    rating_tables,
    reception_tables,
    report_paper_tables,
    report_tables,
    retention_tables,
    sign_in_tables,
    signature_tables,
    tables,
    time_tables,
    upload_tables,
    vault_tables,
    webhook_tables,
)
from engine.store.schema import Moment, metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the project's own types into new steps as what they are in the database."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, BigInteger):
        return "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
context.run_migrations()
