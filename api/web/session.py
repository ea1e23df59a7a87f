"""Who is signed in: the browser keeps a secret in a signed cookie, the database its digest.

The cookie is made anew whenever somebody signs in or out, so that nobody can give another a
session that they know.
"""

from datetime import timedelta
from secrets import token_urlsafe
from urllib.parse import urlsplit

from flask import Response, g, request, session
from sqlalchemy import Connection

from api.services import services
from engine.model.actor import Actor
from engine.store import sessions
from engine.store.sessions import Browser

COOKIE = "motcua"
TOUCHED_EVERY = timedelta(minutes=1)
MOST_AGENT = 300
_SECRET = "secret"  # noqa: S105 - a name, no secret


def secret() -> str | None:
    """What the browser sent to be recognised by."""
    return session.get(_SECRET)


def recognise(tx: Connection) -> Actor | None:
    """Who is signed in; None where nobody is, or is no more."""
    known, house = secret(), services()
    if known is None:
        return None
    found = sessions.recognise(tx, known, house.clock(), house.settings.session_idle)
    if found is None:
        return None
    actor, g.seen_at = found
    return actor


def open_for(user_id: int) -> None:
    """Sign the browser in. What its cookie had before is forgotten."""
    house, new = services(), token_urlsafe(32)
    now = house.clock()
    until = now + timedelta(hours=house.settings.session_hours)
    agent = request.user_agent.string.replace("\0", "")[:MOST_AGENT]
    browser = Browser((request.remote_addr or "")[:64], agent)
    with house.database.transaction() as tx:
        sessions.add(tx, user_id, new, browser, now, until)
    session.clear()
    session.permanent = True
    session[_SECRET] = new


def keep_alive(response: Response) -> Response:
    """Note that a person opened a page or sent something; what scripts fetch by themselves, such
    as news for the bell, does not count. At most once a minute, in a transaction of its own."""
    known, seen_at = secret(), g.get("seen_at")
    fetched = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    if known is None or seen_at is None or (fetched and request.method == "GET"):
        return response
    house = services()
    now = house.clock()
    if now - seen_at >= TOUCHED_EVERY:
        with house.database.transaction() as tx:
            sessions.touch(tx, known, now)
    return response


def forget() -> None:
    """Sign the browser out."""
    session.clear()


def within(path: str | None) -> str | None:
    """A path of this site, or None: nobody is led elsewhere after signing in."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path
