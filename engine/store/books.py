"""Numbers of documents: from 1 every year, in each book of an agency, without gaps or doubles."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.letter_tables import book as table


def next_number(tx: Connection, agency: str, book: str, year: int) -> int:
    """The next number in a book (e.g. `result`); it is given again if the transaction fails.

    Whoever wants one of the same book waits until this transaction ends: take it late.
    """
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    statement = (
        insert(table)
        .values(agency=agency, book=book, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["agency", "book", "year"], set_={"last": table.c.last + 1}
        )
        .returning(table.c.last)
    )
    return int(tx.execute(statement).scalar_one())


def last_number(tx: Connection, agency: str, book: str, year: int) -> int:
    """The number given last in a book, 0 where none was; another may be given at any moment."""
    here = (table.c.agency == agency, table.c.book == book, table.c.year == year)
    return int(tx.execute(select(table.c.last).where(*here)).scalar_one_or_none() or 0)
