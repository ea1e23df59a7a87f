"""Anchors

What all logs came to at one moment, sealed and time-stamped; and of each dossier whether it grew
since. Dossiers from before are all new to the first anchor.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

APPEND_ONLY = {
    "anchor": "number = NEW.number",
    "anchor_leaf": "anchor = NEW.anchor AND place = NEW.place",
    "anchor_seal": "id = NEW.id OR (anchor = NEW.anchor AND kind = NEW.kind)",
}
"""Tables, and what makes two of their rows one (REPLACE asks no other trigger of SQLite)."""

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _tables()
    _notes()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, same in APPEND_ONLY.items():
        for statement in _on_sqlite(table, same) if on_sqlite else _on_postgresql(table):
            op.execute(statement)
    op.add_column(
        "dossier",
        sa.Column("unanchored", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    only = sa.text("unanchored")
    op.create_index(
        "ix_dossier_unanchored", "dossier", ["id"], postgresql_where=only, sqlite_where=only
    )


def _tables() -> None:
    op.create_table(
        "anchor",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("sealed_until", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_anchor")),
    )
    op.create_table(
        "anchor_leaf",
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["anchor"], ["anchor.number"], name=op.f("fk_anchor_leaf_anchor")),
        sa.PrimaryKeyConstraint("anchor", "place", name=op.f("pk_anchor_leaf")),
    )
    op.create_index("ix_anchor_leaf_chain", "anchor_leaf", ["kind", "name", "anchor"])
    op.create_table(
        "anchor_seal",
        sa.Column("id", ID, nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["anchor"], ["anchor.number"], name=op.f("fk_anchor_seal_anchor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor_seal")),
        sa.UniqueConstraint("anchor", "kind", name=op.f("uq_anchor_seal_anchor_kind")),
    )


def _notes() -> None:
    op.create_table(
        "anchor_copy",
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["anchor"], ["anchor.number"], name=op.f("fk_anchor_copy_anchor")),
        sa.PrimaryKeyConstraint("anchor", "sealed", name=op.f("pk_anchor_copy")),
    )
    op.create_table(
        "anchor_trouble",
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_anchor_trouble")),
    )


def _on_sqlite(table: str, same: str) -> list[str]:
    trigger, refused = f"CREATE TRIGGER {table}_refuses", f"ABORT, '{table} is append-only:"
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
    return [
        f"{trigger}_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE({refused} UPDATE refused'); END",
        f"{trigger}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE({refused} DELETE refused'); END",
        f"{trigger}_replace BEFORE INSERT ON {table} WHEN {exists}"
        f" BEGIN SELECT RAISE({refused} this row exists'); END",
    ]


def _on_postgresql(table: str) -> list[str]:
    whats = (("update", "UPDATE", "ROW"), ("delete", "DELETE", "ROW"))
    return [
        f"""
        CREATE TRIGGER {table}_refuses_{name} BEFORE {what} ON {table}
        FOR EACH {each} EXECUTE FUNCTION refuse_change()
        """
        for name, what, each in (*whats, ("truncate", "TRUNCATE", "STATEMENT"))
    ]
