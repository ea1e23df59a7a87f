"""When the portal took

Ended dossiers are compared for a while after the portal last took something of them.
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_portal_sync_taken_at", "portal_sync", ["taken_at"])
