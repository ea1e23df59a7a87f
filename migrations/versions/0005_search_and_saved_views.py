"""Search and saved views

Dossiers are found by terms derived from what was handed in: code, names, personal ID, telephone.
Those of dossiers that lie here already are made now. A payload that is erased takes the personal
terms with it, by a trigger, so that no search remembers what the law had forgotten.
"""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ON_SQLITE = [
    """
    CREATE TRIGGER event_payload_erases_terms AFTER DELETE ON event_payload WHEN OLD.seq = 1
    BEGIN DELETE FROM search_term WHERE dossier_id = OLD.dossier_id AND personal; END
    """
]
ON_POSTGRESQL = [
    """
    CREATE FUNCTION erase_terms() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM search_term WHERE dossier_id = OLD.dossier_id AND personal;
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER event_payload_erases_terms AFTER DELETE ON event_payload
    FOR EACH ROW WHEN (OLD.seq = 1) EXECUTE FUNCTION erase_terms()
    """,
]
BATCH = 500
LENGTH = 100

_dossier = sa.table("dossier", *map(sa.column, ("id", "code", "receiving_agency",
                                                "competent_agency")))  # fmt: skip
_payload = sa.table(
    "event_payload", sa.column("dossier_id"), sa.column("seq"), sa.column("body", sa.JSON)
)
_term = sa.table(
    "search_term", *map(sa.column, ("dossier_id", "agency", "term", "personal", "rank"))
)


def upgrade() -> None:
    _tables()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRESQL:
        op.execute(sa.text(statement))
    _carry_over(op.get_bind())


def _tables() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    term = sa.String(length=LENGTH).with_variant(
        sa.String(length=LENGTH, collation="C"), "postgresql"
    )
    op.create_table(
        "search_term",
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("term", term, nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("rank", id_, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_search_term_dossier_id")
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_search_term_agency")),
        sa.PrimaryKeyConstraint("dossier_id", "agency", "term", name=op.f("pk_search_term")),
    )
    op.create_index("ix_search_term_agency", "search_term", ["agency", "term", "rank"])
    op.create_index("ix_search_term_everywhere", "search_term", ["term", "rank", "agency"])
    op.create_table(
        "saved_view",
        sa.Column("id", id_, nullable=False),
        sa.Column("user_id", id_, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_saved_view_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_view_user_id_name")),
    )


def _carry_over(tx: sa.Connection) -> None:
    last = 0
    first = (_payload.c.dossier_id == _dossier.c.id) & (_payload.c.seq == 1)
    query = sa.select(_dossier, _payload.c.body).outerjoin(_payload, first).limit(BATCH)
    while rows := tx.execute(query.where(_dossier.c.id > last).order_by(_dossier.c.id)).all():
        tx.execute(sa.insert(_term), [term for row in rows for term in _terms(row)])
        last = rows[-1].id


def _terms(row: Any) -> Iterator[dict[str, Any]]:
    words = _fold(row.code).split()
    public = _cut(words, words[-2:], words[-1:])
    body = row.body or {}
    people = [body.get(role) or {} for role in ("owner", "submitter")]
    personal = {term for person in people for term in _of_person(person)} - public
    for agency in {row.receiving_agency, row.competent_agency}:
        for term in public | personal:
            yield {
                "dossier_id": row.id, "rank": -row.id, "agency": agency, "term": term,
                "personal": term in personal,
            }  # fmt: skip


def _of_person(person: dict[str, Any]) -> set[str]:
    name = _fold(str(person.get("name") or "")).split()
    starts = [name[first:] for first in range(min(len(name), 20))]
    numbers = [_digits(str(person.get(kind) or "")) for kind in ("personal_id", "phone")]
    return _cut(*starts, *([number] for number in numbers))


def _digits(text: str) -> str:
    squeezed = _fold(text).replace(" ", "")
    abroad = re.fullmatch("84([0-9]{9,10})", squeezed)
    return f"0{abroad[1]}" if abroad else squeezed


def _fold(text: str) -> str:
    letters = normalize("NFD", normalize("NFKC", text).casefold())
    bare = normalize("NFC", "".join(letter for letter in letters if not combining(letter)))
    return " ".join(re.findall(r"[^\W_]+", bare.translate({ord("đ"): "d", 0xF0: "d"})))


def _cut(*terms: list[str]) -> set[str]:
    return {term for words in terms if (term := " ".join(words)[:LENGTH].strip())}
