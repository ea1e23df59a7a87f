"""Routes of one's own access and duty: sessions, tokens, who stands in for whom."""

from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import func, select

from engine.commands.substitution import StandIn, stand_in
from engine.store import sessions, users
from engine.store.sessions import Browser
from engine.store.sign_in_tables import substitution
from tests.api.lives import Lives
from tests.api.people import EVERYONE
from tests.api.routing import Request, Route, fixed

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


def _session(lives: Lives, of: str, path: str) -> Request:
    """A new browser of someone, to be signed out."""
    now, secret = lives.clock(), token_urlsafe()
    with lives.office.database.transaction() as tx:
        id_ = lives.office.actor(of).id
        until = now + timedelta(hours=1)
        sessions.add(tx, id_, secret, Browser("10.0.0.1", "Firefox"), now, until)
    return Request(f"/users/{path.format(id_)}/sessions/{users.digest_of(secret)}")


def _token(lives: Lives, of: str, path: str) -> Request:
    """A new token of someone, to be revoked."""
    now, token = lives.clock(), token_urlsafe()
    with lives.office.database.transaction() as tx:
        id_ = lives.office.actor(of).id
        users.add_token(tx, id_, token, "Kho", now, now + timedelta(hours=1))
    return Request(f"/users/{path.format(id_)}/tokens/{users.digest_of(token)}")


def _their(what: str) -> Route:
    def prepare(lives: Lives) -> Request:
        return Request(f"/users/{lives.office.actor('office1').id}/{what}")

    return Route(prepare, THEMSELVES)


_THEIR = "/users/<number:user>"
_ONE = "<code:digest>"

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/users/me/sessions"): Route(fixed("/users/me/sessions"), EVERYONE),
    ("GET", "/users/me/tokens"): Route(fixed("/users/me/tokens"), EVERYONE),
    ("DELETE", f"/users/me/sessions/{_ONE}"): Route(
        lambda lives: _session(lives, "office1", "me"),
        frozenset({"office1"}),
        204,
        frozenset({"office1"}),
    ),
    ("DELETE", f"/users/me/tokens/{_ONE}"): Route(
        lambda lives: _token(lives, "office1", "me"),
        frozenset({"office1"}),
        204,
        frozenset({"office1"}),
    ),
    ("GET", f"{_THEIR}/sessions"): _their("sessions"),
    ("GET", f"{_THEIR}/tokens"): _their("tokens"),
    ("DELETE", f"{_THEIR}/sessions/{_ONE}"): Route(
        lambda lives: _session(lives, "office1", "{}"), THEMSELVES, 204
    ),
    ("DELETE", f"{_THEIR}/tokens/{_ONE}"): Route(
        lambda lives: _token(lives, "office1", "{}"), THEMSELVES, 204
    ),
    ("GET", "/substitutions"): _of_office1("/substitutions"),
    ("GET", "/substitutions/candidates"): _of_office1("/substitutions/candidates"),
    ("POST", "/substitutions"): Route(_new_leave, THEMSELVES, 201),
    ("POST", "/substitutions/<number:substitution>/end"): Route(
        _end_of_leave, THEMSELVES, readers=THEMSELVES | {"second_office1"}
    ),
}
