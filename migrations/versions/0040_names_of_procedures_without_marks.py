"""Names of procedures without marks

So that a process that looks for procedures need not take the marks off thousands of names first.
"""

from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "procedure",
        sa.Column("plain_name", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
    connection = op.get_bind()
    rows = [
        {"code_": row.code, "plain": plain(row.name)}
        for row in connection.execute(sa.text("SELECT code, name FROM procedure"))
    ]
    if rows:
        change = sa.text("UPDATE procedure SET plain_name = :plain WHERE code = :code_")
        connection.execute(change, rows)


def plain(text: str) -> str:
    """The text for comparing: no diacritics, no capitals, single blanks."""
    letters = normalize("NFD", text.casefold()).replace("đ", "d").replace("ð", "d")
    return " ".join("".join(each for each in letters if not combining(each)).split())
