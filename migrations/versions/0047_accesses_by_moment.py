"""Accesses by moment

Who looked at dossiers in a period is found without walking all that was looked at since.
"""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_BY_ID = (
    ("ix_access_agency", "agency"),
    ("ix_access_dossier", "dossier_id"),
    ("ix_access_user", "user_id"),
)


def upgrade() -> None:
    for name, column in _BY_ID:
        op.drop_index(name, "access")
        op.create_index(name, "access", [column, "at", "id"])
    op.create_index("ix_access_at", "access", ["at", "id"])
