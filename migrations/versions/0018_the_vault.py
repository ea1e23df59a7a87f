"""The vault

Papers kept for citizens and organisations, and how much of each dossier's papers is data. Of
dossiers of before, what was handed in on paper is counted; nothing of them is data yet. A payload
that is erased takes the owner of what is kept with it, by a trigger.
"""

import tomllib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BATCH = 500
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ON_SQLITE = [
    """
    CREATE TRIGGER event_payload_erases_owner AFTER DELETE ON event_payload WHEN OLD.seq = 1
    BEGIN UPDATE vault_item SET owner = NULL WHERE dossier_id = OLD.dossier_id; END
    """,
    """
    CREATE TRIGGER historic_owner_erases_owner AFTER DELETE ON historic_owner
    BEGIN UPDATE vault_item SET owner = NULL WHERE historic = OLD.historic; END
    """,
    """
    CREATE TRIGGER historic_owner_refuses_update BEFORE UPDATE ON historic_owner
    BEGIN SELECT RAISE(ABORT, 'historic_owner may be deleted by law, never changed'); END
    """,
    """
    CREATE TRIGGER historic_result_refuses_update BEFORE UPDATE ON historic_result
    BEGIN SELECT RAISE(ABORT, 'historic_result is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER historic_result_refuses_delete BEFORE DELETE ON historic_result
    BEGIN SELECT RAISE(ABORT, 'historic_result is append-only: DELETE refused'); END
    """,
    # REPLACE removes the old row without asking the trigger above.
    """
    CREATE TRIGGER historic_result_refuses_replace BEFORE INSERT ON historic_result
    WHEN EXISTS (SELECT 1 FROM historic_result WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'historic_result is append-only: this result exists'); END
    """,
]

ON_POSTGRESQL = [
    """
    CREATE FUNCTION erase_owner() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE vault_item SET owner = NULL WHERE dossier_id = OLD.dossier_id;
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER event_payload_erases_owner AFTER DELETE ON event_payload
    FOR EACH ROW WHEN (OLD.seq = 1) EXECUTE FUNCTION erase_owner()
    """,
    """
    CREATE FUNCTION erase_historic_owner() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE vault_item SET owner = NULL WHERE historic = OLD.historic;
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER historic_owner_erases_owner AFTER DELETE ON historic_owner
    FOR EACH ROW EXECUTE FUNCTION erase_historic_owner()
    """,
    """
    CREATE TRIGGER historic_owner_refuses_update BEFORE UPDATE ON historic_owner
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER historic_result_refuses_update BEFORE UPDATE ON historic_result
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER historic_result_refuses_delete BEFORE DELETE ON historic_result
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER historic_result_refuses_truncate BEFORE TRUNCATE ON historic_result
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]

_dossier = sa.table("dossier", *map(sa.column, ("id", "version", "components_due")))
_life = sa.table("dossier_life", sa.column("dossier_id"), sa.column("life", sa.JSON))
_definition = sa.table("definition", sa.column("digest"), sa.column("sources", sa.JSON))


def upgrade() -> None:
    _historic_results()
    _items()
    _counts()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRESQL:
        op.execute(sa.text(statement))
    _carry_over(op.get_bind())


def _historic_results() -> None:
    op.create_table(
        "historic_result",
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_file(),
        sa.Column("owner_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["office_event.seq"], name=op.f("fk_historic_result_seq")),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_historic_result_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_historic_result")),
        sa.UniqueConstraint("seq", "line", name=op.f("uq_historic_result_seq_line")),
    )
    op.create_table(
        "historic_owner",
        sa.Column("historic", ID, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["historic"], ["historic_result.id"], name=op.f("fk_historic_owner_historic")
        ),
        sa.PrimaryKeyConstraint("historic", name=op.f("pk_historic_owner")),
    )


def _items() -> None:
    op.create_table(
        "vault_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("dossier_id", ID, nullable=True),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("historic", ID, nullable=True),
        sa.Column("owner", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=130), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_file(),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "(dossier_id IS NULL) <> (historic IS NULL)", name=op.f("ck_vault_item_source")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_vault_item_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["historic"], ["historic_result.id"], name=op.f("fk_vault_item_historic")
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_vault_item_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_item")),
        sa.UniqueConstraint(
            "dossier_id", "document", name=op.f("uq_vault_item_dossier_id_document")
        ),
        sa.UniqueConstraint("historic", name=op.f("uq_vault_item_historic")),
    )
    owned = sa.text("owner IS NOT NULL")
    op.create_index(
        "ix_vault_item_owner",
        "vault_item",
        ["owner", "type", "id"],
        postgresql_where=owned,
        sqlite_where=owned,
    )
    op.create_index("ix_vault_item_file", "vault_item", ["file"])


def _file() -> list[sa.Column[Any]]:
    return [
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
    ]


def _counts() -> None:
    for name in ("components_due", "components_digitised", "components_reused"):
        op.add_column("dossier", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "dossier",
        sa.Column("result_signed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _carry_over(tx: sa.Connection) -> None:
    """Count what was handed in on paper, and not only shown."""
    last, shown = 0, _only_shown(tx)
    query = (
        sa.select(_dossier.c.id, _dossier.c.version, _life.c.life)
        .join(_life, _life.c.dossier_id == _dossier.c.id)
        .order_by(_dossier.c.id)
        .limit(BATCH)
    )
    while rows := tx.execute(query.where(_dossier.c.id > last)).all():
        for row in rows:
            due = len(set(row.life["components"]) - shown[row.version])
            tx.execute(
                sa.update(_dossier).where(_dossier.c.id == row.id).values(components_due=due)
            )
        last = rows[-1].id


def _only_shown(tx: sa.Connection) -> dict[str, set[str]]:
    """Of each version of a procedure, the papers that are only shown."""
    found = {}
    for digest, sources in tx.execute(sa.select(_definition.c.digest, _definition.c.sources)):
        components = tomllib.loads(sources["facts.toml"]).get("components", [])
        found[digest] = {each["code"] for each in components if each.get("present_only")}
    return found
