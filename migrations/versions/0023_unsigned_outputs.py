"""Unsigned outputs

An index of results and refusals that the agency has not sealed: those are few, however many lie
sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unsealed = sa.text("kind IN ('result', 'refusal') AND NOT sealed")
    op.create_index(
        "ix_document_unsealed",
        "document",
        ["agency", "dossier_id"],
        postgresql_where=unsealed,
        sqlite_where=unsealed,
    )
