"""Who looked at which dossier

The previous release knows nothing of this table and writes nothing into it: what is looked at
through one of its processes, while they are replaced one by one, is not written down.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ON_SQLITE = [
    """
    CREATE TRIGGER access_refuses_update BEFORE UPDATE ON access
    BEGIN SELECT RAISE(ABORT, 'access is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER access_refuses_delete BEFORE DELETE ON access
    BEGIN SELECT RAISE(ABORT, 'access is append-only: DELETE refused'); END
    """,
    # REPLACE removes the old row without asking the trigger above.
    """
    CREATE TRIGGER access_refuses_replace BEFORE INSERT ON access
    WHEN EXISTS (SELECT 1 FROM access WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'access is append-only: this reading exists'); END
    """,
]

ON_POSTGRESQL = [
    """
    CREATE TRIGGER access_refuses_update BEFORE UPDATE ON access
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER access_refuses_delete BEFORE DELETE ON access
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER access_refuses_truncate BEFORE TRUNCATE ON access
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("id", ID, nullable=False),
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("looked", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_access_dossier_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_access_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
    )
    op.create_index("ix_access_agency", "access", ["agency", "id"])
    op.create_index("ix_access_dossier", "access", ["dossier_id", "id"])
    op.create_index("ix_access_latest", "access", ["dossier_id", "user_id", "looked", "at"])
    op.create_index("ix_access_user", "access", ["user_id", "id"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
