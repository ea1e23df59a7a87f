"""Letters

What was issued, and the versions of templates that it is drawn with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "letter",
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("symbol", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_letter_dossier_id")),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_letter_agency")),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "agency", "symbol", "year", "number", name=op.f("uq_letter_agency_symbol_year_number")
        ),
    )
    op.create_index(
        "ix_letter_period", "letter", ["agency", "symbol", "year", "issued_at", "number"]
    )
    op.create_index("ix_letter_file", "letter", ["file"])
    op.create_table(
        "letter_template",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_letter_template")),
    )
    op.create_table(
        "letter_template_choice",
        sa.Column("id", id_, nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", id_, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_letter_template_choice_agency")
        ),
        sa.ForeignKeyConstraint(
            ["template"],
            ["letter_template.digest"],
            name=op.f("fk_letter_template_choice_template"),
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["user_account.id"], name=op.f("fk_letter_template_choice_chosen_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template_choice")),
    )
    op.create_index(
        "ix_letter_template_choice_agency",
        "letter_template_choice",
        ["agency", "form", "effective_from", "id"],
    )
