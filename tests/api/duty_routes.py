"""Routes of one's own access and duty: sessions, tokens, who stands in for whom."""

from datetime import timedelta

from sqlalchemy import func, select

from engine.commands.substitution import StandIn, stand_in
from engine.store.sign_in_tables import substitution
from tests.api.lives import Lives
from tests.api.routing import Request, Route

THEIR_ADMINISTRATORS = frozenset({"administrator", "administrator1"})
"""Those of the people of commune 1."""
THEMSELVES = THEIR_ADMINISTRATORS | {"office1"}


def _leave(lives: Lives) -> StandIn:
    """The next week in which nobody stands in for `office1` yet."""
    with lives.office.database.reading() as tx:
        known = tx.execute(select(func.count()).select_from(substitution)).scalar_one()
    first = lives.clock().date() + timedelta(days=7 * known)
    absent, colleague = (lives.office.actor(name).id for name in ("office1", "second_office1"))
    return StandIn(absent, colleague, first, first + timedelta(days=6), "Nghỉ phép năm")


def _new_leave(lives: Lives) -> Request:
    leave = vars(_leave(lives))
    days = {name: leave[name].isoformat() for name in ("first_day", "last_day")}
    return Request("/substitutions", {**leave, **days})


def _end_of_leave(lives: Lives) -> Request:
    with lives.office.database.transaction() as tx:
        number = stand_in(tx, _leave(lives), lives.office.actor("office1"), lives.clock())
    return Request(f"/substitutions/{number}/end")


def _of_office1(path: str) -> Route:
    def prepare(lives: Lives) -> Request:
        return Request(f"{path}?user={lives.office.actor('office1').id}")

    return Route(prepare, THEMSELVES)


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/substitutions"): _of_office1("/substitutions"),
    ("GET", "/substitutions/candidates"): _of_office1("/substitutions/candidates"),
    ("POST", "/substitutions"): Route(_new_leave, THEMSELVES, 201),
    ("POST", "/substitutions/<number:substitution>/end"): Route(
        _end_of_leave, THEMSELVES, readers=THEMSELVES | {"second_office1"}
    ),
}
