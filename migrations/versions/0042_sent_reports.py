"""Sent reports

A report that was sent is kept as it was, with the dossiers that it counted; nobody changes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ON_SQLITE = [
    """
    CREATE TRIGGER sent_report_refuses_update BEFORE UPDATE ON sent_report
    BEGIN SELECT RAISE(ABORT, 'sent_report is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER sent_report_refuses_delete BEFORE DELETE ON sent_report
    BEGIN SELECT RAISE(ABORT, 'sent_report is append-only: DELETE refused'); END
    """,
    # REPLACE removes the old row without asking the trigger above.
    """
    CREATE TRIGGER sent_report_refuses_replace BEFORE INSERT ON sent_report
    WHEN EXISTS (SELECT 1 FROM sent_report WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'sent_report is append-only: this report exists'); END
    """,
]

ON_POSTGRESQL = [
    """
    CREATE TRIGGER sent_report_refuses_update BEFORE UPDATE ON sent_report
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER sent_report_refuses_delete BEFORE DELETE ON sent_report
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER sent_report_refuses_truncate BEFORE TRUNCATE ON sent_report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    op.create_table(
        "sent_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=64)),
        sa.Column("field", sa.Text()),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_sent_report_agency")),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["user_account.id"], name=op.f("fk_sent_report_sent_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_report")),
        sa.UniqueConstraint(
            "agency", "year", "number", name=op.f("uq_sent_report_agency_year_number")
        ),
    )
    op.create_index("ix_sent_report_agency", "sent_report", ["agency", "id"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRESQL:
        op.execute(sa.text(statement))
