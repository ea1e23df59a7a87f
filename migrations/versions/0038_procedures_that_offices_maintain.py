"""Procedures that offices maintain

What offices decide of procedures stands beside what the national catalogue announces: one history,
from which follows what is in force. Versions that offices have put in force so far are carried
over, each from the day on which it was.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

HERE = timedelta(hours=7)
MOMENT = sa.DateTime(timezone=True)
ROWS = sa.text(
    "INSERT INTO procedure_standing (procedure, standing, effective_from, source, decision, name,"
    ' field, levels, "row", row_digest, version, recorded_at, recorded_by, applied_at, origin)'
    " VALUES (:procedure, :standing, :day, '', :decision, :name, :field, :levels, '{}', '',"
    " :version, :at, :by, :at, 'office')"
).bindparams(sa.bindparam("day", type_=sa.Date()), sa.bindparam("at", type_=MOMENT))
DEFINITIONS: Any = (
    sa.select(
        sa.column("digest"),
        sa.column("procedure"),
        sa.column("sources", sa.JSON()),
        sa.column("deployed_by"),
        sa.column("deployed_at", MOMENT),
    )
    .select_from(sa.table("definition"))
    .order_by(sa.text("deployed_at, digest"))
)
IN_FORCE: Any = sa.select(
    sa.column("code"), sa.column("version"), sa.column("since", MOMENT)
).select_from(sa.table("procedure"))


def upgrade() -> None:
    with op.batch_alter_table("procedure_standing") as batch:
        batch.add_column(
            sa.Column(
                "origin",
                sa.String(length=16),
                server_default=sa.text("'catalogue'"),
                nullable=False,
            )
        )
        batch.add_column(sa.Column("agency", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("replaced_by", sa.String(length=64), nullable=True))
        batch.create_foreign_key(
            op.f("fk_procedure_standing_agency"), "agency", ["agency"], ["code"]
        )
        batch.create_index("ix_procedure_standing_agency", ["agency", "procedure"])
    op.add_column("procedure", sa.Column("replaced_by", sa.String(length=64), nullable=True))
    running = sa.text("outcome IS NULL")
    op.create_index(
        "ix_dossier_running",
        "dossier",
        ["version"],
        postgresql_where=running,
        sqlite_where=running,
    )
    _drafts()
    rows = list(_decided(op.get_bind()))
    if rows:
        op.get_bind().execute(ROWS, rows)


def _drafts() -> None:
    op.create_table(
        "procedure_draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=True),
        sa.Column("base_version", sa.String(length=64), nullable=True),
        sa.Column("version", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "opened_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'checked', 'in_force', 'discarded')",
            name=op.f("ck_procedure_draft_state"),
        ),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_procedure_draft_agency")
        ),
        sa.ForeignKeyConstraint(
            ["base_version"], ["definition.digest"], name=op.f("fk_procedure_draft_base_version")
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["definition.digest"], name=op.f("fk_procedure_draft_version")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["user_account.id"], name=op.f(f"fk_procedure_draft_{name}")
            )
            for name in ("opened_by", "changed_by", "checked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_draft")),
    )
    op.create_index("ix_procedure_draft_procedure", "procedure_draft", ["procedure"])
    op.create_index("ix_procedure_draft_state", "procedure_draft", ["state", "id"])


def _decided(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Versions that no file of the catalogue made, and the one in force where an office has gone
    back to it."""
    made = {
        tuple(row)
        for row in connection.execute(sa.text("SELECT procedure, version FROM procedure_standing"))
    }
    known, last = {}, {}
    for row in connection.execute(DEFINITIONS):
        known[row.digest] = row
        if (row.procedure, row.digest) not in made:
            yield _row(row, row.deployed_at, "amended" if row.procedure in last else "announced")
            last[row.procedure] = row.digest
    for row in connection.execute(IN_FORCE):
        if last.get(row.code, row.version) != row.version:
            yield _row(known[row.version], row.since, "amended")


def _row(definition: Any, at: datetime, standing: str) -> dict[str, Any]:
    facts = tomllib.loads(definition.sources["facts.toml"])
    return {
        "procedure": definition.procedure,
        "standing": standing,
        "day": ((at.astimezone(UTC) if at.tzinfo else at) + HERE).date(),
        "decision": facts["decision"],
        "name": facts["name"],
        "field": facts["field"],
        "levels": " ".join([facts["level"], *facts.get("also_at", [])]),
        "version": definition.digest,
        "at": at,
        "by": str(definition.deployed_by or 0),
    }
