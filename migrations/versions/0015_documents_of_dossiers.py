"""Documents of dossiers

Which files a dossier has and had. Dossiers of before have none; what was handed in on paper
becomes part of their state, as re-execution now finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BATCH = 500

_event = sa.table("event", *map(sa.column, ("dossier_id", "seq")), sa.column("data", sa.JSON))
_life = sa.table("dossier_life", sa.column("dossier_id"), sa.column("life", sa.JSON))


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _create_document(id_)
    op.create_table(
        "dossier_file",
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_file_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name=op.f("pk_dossier_file")),
    )
    op.create_index("ix_dossier_file_file", "dossier_file", ["file"])
    _carry_over(op.get_bind())


def _create_document(id_: sa.BigInteger) -> None:
    op.create_table(
        "document",
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("component", sa.String(length=64), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_reception", sa.Boolean(), nullable=False),
        sa.Column("signed_leader", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("book", sa.String(length=32), nullable=True),
        sa.Column("book_year", sa.Integer(), nullable=True),
        sa.Column("book_number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(length=64), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_document_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_document")),
    )
    op.create_index(
        "ix_document_book",
        "document",
        ["agency", "book", "book_year", "book_number"],
        postgresql_where=sa.text("book IS NOT NULL"),
        sqlite_where=sa.text("book IS NOT NULL"),
    )


def _carry_over(tx: sa.Connection) -> None:
    last = 0
    query = (
        sa.select(_life.c.dossier_id, _life.c.life, _event.c.data)
        .join(_event, (_event.c.dossier_id == _life.c.dossier_id) & (_event.c.seq == 1))
        .order_by(_life.c.dossier_id)
        .limit(BATCH)
    )
    while rows := tx.execute(query.where(_life.c.dossier_id > last)).all():
        for row in rows:
            codes = list(dict.fromkeys(each["code"] for each in row.data["components"]))
            here = _life.c.dossier_id == row.dossier_id
            tx.execute(sa.update(_life).where(here).values(life={**row.life, "components": codes}))
        last = rows[-1].dossier_id
