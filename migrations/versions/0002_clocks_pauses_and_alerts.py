"""Clocks, pauses and alerts

Dossiers are pinned to an edition of the calendar and of the rulebook, and carry what supervisors
look for; alerts, holdings, announcements, outages and messages get tables. Rules changed so
much that a dossier kept by a trial build before this step could not be done again: a database
that holds one is refused and left as it is. Everything else is carried over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM dossier LIMIT 1")).first():
        raise ValueError(
            "Cơ sở dữ liệu này chứa hồ sơ của bản dựng thử trước đây, không chuyển sang được."
            " Hãy dùng một cơ sở dữ liệu mới (MOTCUA_DATABASE_URL); dữ liệu cũ được giữ nguyên."
        )
    op.create_table(
        "edition",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('calendar', 'rulebook')", name=op.f("ck_edition_kind")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_edition")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_message_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_next_attempt_at"), ["next_attempt_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_message_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "ix_message_failed",
            ["id"],
            unique=False,
            postgresql_where=sa.text("next_attempt_at IS NULL AND sent_at IS NULL"),
            sqlite_where=sa.text("next_attempt_at IS NULL AND sent_at IS NULL"),
        )

    op.create_table(
        "errand",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", "day", name=op.f("pk_errand")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "announced_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_announcement_agency")),
        sa.ForeignKeyConstraint(
            ["announced_by"], ["user_account.id"], name=op.f("fk_announcement_announced_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_announcement_unsettled",
            ["id"],
            unique=False,
            postgresql_where=sa.text("settled_at IS NULL"),
            sqlite_where=sa.text("settled_at IS NULL"),
        )

    op.create_table(
        "outage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_outage_agency")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_outage_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outage_agency"), ["agency"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("rulebook", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_publication_agency")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["user_account.id"], name=op.f("fk_publication_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook"], ["edition.digest"], name=op.f("fk_publication_rulebook")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_agency", ["agency", "id"], unique=False)

    _tables_of_dossiers()
    _columns()
    _indexes_of_dossiers()
    _schedulers()


def _tables_of_dossiers() -> None:
    op.create_table(
        "alert",
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("holder", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "acknowledged_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["user_account.id"], name=op.f("fk_alert_acknowledged_by")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_alert_dossier_id")),
        sa.ForeignKeyConstraint(["holder"], ["user_account.id"], name=op.f("fk_alert_holder")),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "dossier_id",
            "subject",
            "place",
            "level",
            "due_at",
            name=op.f("uq_alert_dossier_id_subject_place_level_due_at"),
        ),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        for name, first in (("holder", ["holder"]), ("agency", ["agency"]), ("everywhere", [])):
            columns = ["live", *first, "raised_at", "dossier_id", "seq"]
            batch_op.create_index(f"ix_alert_{name}", columns, unique=False)

    op.create_table(
        "announcement_effect",
        sa.Column(
            "announcement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_effect_announcement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_announcement_effect_dossier_id")
        ),
        sa.PrimaryKeyConstraint(
            "announcement_id", "dossier_id", name=op.f("pk_announcement_effect")
        ),
    )
    op.create_table(
        "holding",
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("holder", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_holding_dossier_id")),
        sa.ForeignKeyConstraint(["holder"], ["user_account.id"], name=op.f("fk_holding_holder")),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name=op.f("pk_holding")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index("ix_holding_period", ["agency", "until"], unique=False)


def _columns() -> None:
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("rulebook", sa.String(length=64), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_agency_rulebook"), "edition", ["rulebook"], ["digest"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agency_calendar"), "edition", ["calendar"], ["digest"]
        )

    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("standing", sa.String(length=16), nullable=False))
        batch_op.add_column(sa.Column("stage", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("unit", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column("holder", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("pause_reason", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("paused_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("pause_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("overdue_cause", sa.String(length=32), nullable=True))
        batch_op.add_column(
            sa.Column("outage", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("calendar", sa.String(length=64), nullable=False))
        batch_op.add_column(sa.Column("rulebook", sa.String(length=64), nullable=False))
        batch_op.add_column(sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("budget", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("used", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_dossier_calendar"), "edition", ["calendar"], ["digest"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_dossier_holder"), "user_account", ["holder"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_dossier_rulebook"), "edition", ["rulebook"], ["digest"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_dossier_outage"), "outage", ["outage"], ["id"])

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("procedure", sa.String(length=64), nullable=False))
        batch_op.add_column(sa.Column("used_at_open", sa.Integer(), nullable=True))

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))


def _indexes_of_dossiers() -> None:
    for group, order in (("open", "due_at"), ("done", "processed_at")):
        condition = f"processed_at IS {'NOT ' if group == 'done' else ''}NULL"
        elsewhere = f"{condition} AND receiving_agency <> competent_agency"
        walked, name = ["standing", order, "id"], f"ix_dossier_{group}"
        _index(name, ["competent_agency", *walked], condition)
        _index(f"{name}_elsewhere", ["receiving_agency", *walked], elsewhere)
        _index(f"{name}_everywhere", walked, condition)
    _index("ix_dossier_used", ["procedure", "processed_at"], "used IS NOT NULL")
    _index("ix_dossier_outage", ["outage", "id"], "outage IS NOT NULL")


def _index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        name, "dossier", columns, unique=False, postgresql_where=where, sqlite_where=where
    )


def _schedulers() -> None:
    op.create_table(
        "scheduler",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_scheduler")),
    )
    with op.batch_alter_table("scheduler", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheduler_ticked_at"), ["ticked_at"], unique=False)

    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_timer_failed_at",
            ["failed_at"],
            unique=False,
            postgresql_where=sa.text("attempts > 0"),
            sqlite_where=sa.text("attempts > 0"),
        )
