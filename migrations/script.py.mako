"""${message}

Say here why, and how the previous release of the program lives with this schema: it runs on it
while processes are replaced one by one. So add before use, and remove one release after the
last use.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
