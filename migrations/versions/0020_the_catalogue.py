"""The catalogue

What is announced of procedures is kept with the day from which it holds, so that a newer file of
the catalogue can be read ahead. Files that many definitions have in common are kept once;
definitions from before keep all their files themselves.

Procedures are to be imported only once every process runs the new release: the previous one does
not find the common files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_text",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_source_text")),
    )
    op.add_column("definition", sa.Column("files", sa.JSON(), nullable=True))
    op.add_column(
        "procedure",
        sa.Column("also_at", sa.String(length=64), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("procedure", sa.Column("repealed_on", sa.Date(), nullable=True))
    op.create_table(
        "procedure_standing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("levels", sa.String(length=64), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("row_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["version"], ["definition.digest"], name=op.f("fk_procedure_standing_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_standing")),
    )
    pending = sa.text("applied_at IS NULL")
    op.create_index(
        "ix_procedure_standing_procedure",
        "procedure_standing",
        ["procedure", "effective_from", "id"],
        unique=False,
    )
    op.create_index(
        "ix_procedure_standing_pending",
        "procedure_standing",
        ["effective_from", "id"],
        unique=False,
        postgresql_where=pending,
        sqlite_where=pending,
    )
