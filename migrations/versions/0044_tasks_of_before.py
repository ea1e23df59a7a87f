"""Tasks of before

Which tasks were open at a moment gone by is found without reading those closed long before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    closed = sa.text("state <> 'open'")
    op.create_index(
        "ix_task_closed",
        "task",
        ["agency", "closed_at", "opened_at", "dossier_id"],
        postgresql_where=closed,
        sqlite_where=closed,
    )
