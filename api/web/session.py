"""Who is signed in: the browser keeps a token in a signed cookie, the database whom it means."""

from urllib.parse import urlsplit

from flask import session

COOKIE = "motcua"
_TOKEN = "token"  # noqa: S105


def token() -> str | None:
    """The token that the browser sent."""
    return session.get(_TOKEN)


def remember(new: str) -> None:
    """Sign the browser in. What it had before is forgotten."""
    session.clear()
    session.permanent = True
    session[_TOKEN] = new


def forget() -> None:
    """Sign the browser out."""
    session.clear()


def within(path: str | None) -> str | None:
    """A path of this site, or None: nobody is led elsewhere after signing in."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path
