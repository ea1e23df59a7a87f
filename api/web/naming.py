"""People whom a search on a page names."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from api.fields import In, Text, Whole
from api.web.entered import Entered
from api.web.language import gettext as _
from engine.queries import people
from engine.queries.people import Account


class PersonIn(In):
    """Someone by number, as links have it, or by user name or part of a name, as people type it."""

    user = Whole(1, 2**31 - 1, in_query=True)
    person = Text(100, 1)


@dataclass(frozen=True)
class Named:
    """The one who is meant, or those among whom is to be chosen."""

    account: Account | None = None
    choices: tuple[Account, ...] = ()


def named(tx: Connection, entered: Entered, agencies: Collection[str]) -> Named:
    """Whom a `PersonIn` means among those with a role in these agencies; what is typed and means
    nobody is noted beside it."""
    user, name = entered.data.get("user"), entered.data.get("person")
    if user is not None:
        return Named(people.colleague(tx, user, agencies))
    if name is None:
        return Named()
    found = people.called(tx, name, agencies)
    if not found:
        entered.errors["person"] = [_("Không có ai tên như vậy ở các cơ quan bạn được xem.")]
    return Named(found[0]) if len(found) == 1 else Named(choices=tuple(found))
