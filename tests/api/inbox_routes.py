"""Routes of the inbox."""

from engine.commands.saved_views import SaveView, save_view
from tests.api.lives import Lives, place
from tests.api.people import ADMINISTRATORS, EVERYONE
from tests.api.routing import Request, Route, fixed

_VIEW = {"name": "Việc gấp", "filter": {"overdue": True}}


def _saved(lives: Lives) -> Request:
    """One of `office1`."""
    with lives.office.database.transaction() as tx:
        command = SaveView("Việc gấp", {"overdue": True})
        number = save_view(tx, command, lives.office.actor("office1"), lives.clock())
    return Request(f"/saved-views/{number}")


def _bulk(lives: Lives) -> Request:
    """Each task is refused or done on its own: see `test_bulk`."""
    dossier = lives.accepted()
    task = {"dossier": dossier.code, "place": place(dossier), "revision": dossier.seq}
    return Request("/tasks/bulk", {"act": "claim", "tasks": [task]})


INBOX_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/tasks"): Route(fixed("/tasks"), EVERYONE),
    ("GET", "/tasks/counts"): Route(fixed("/tasks/counts"), EVERYONE),
    ("POST", "/tasks/bulk"): Route(_bulk, EVERYONE),
    ("GET", "/saved-views"): Route(fixed("/saved-views"), EVERYONE),
    ("POST", "/saved-views"): Route(fixed("/saved-views", _VIEW), EVERYONE, 201),
    ("DELETE", "/saved-views/<number:view>"): Route(
        _saved, frozenset({"office1"}), 204, readers=frozenset()
    ),
    ("GET", "/search"): Route(fixed("/search?q=binh"), EVERYONE - ADMINISTRATORS - {"portal"}),
}
