"""What commands share that show what one person sees: who that is, and lists read to their end."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

import click
from sqlalchemy import Connection

from cli.output import local_text
from engine.errors import UserUnknown
from engine.model.actor import Actor
from engine.queries.paging import Key, Page, Slice
from engine.store import users

AT_ONCE = 500
Item = TypeVar("Item")

as_user = click.option("--as", "username", required=True, help="Tên đăng nhập của người xem (who).")
"""The option that says with whose eyes to look."""


def person(tx: Connection, username: str) -> Actor:
    """The active user with this name; raises `UserUnknown`."""
    found = users.actor_by_username(tx, username)
    if found is None:
        raise UserUnknown(user=username)
    return found[0]


def everything(page_of: Callable[[Slice], Page[Item]]) -> Iterator[Item]:
    """All items of a list, page by page."""
    after: Key | None = None
    while True:
        page = page_of(Slice(AT_ONCE, after))
        yield from page.items
        if page.next is None:
            return
        after = page.next


def plain(item: Any) -> dict[str, Any]:
    """An item for machines: moments as text in Vietnamese time."""
    values = asdict(item)
    return {k: local_text(v) if isinstance(v, datetime) else v for k, v in values.items()}
