"""Browsers that have signed in before: each has tries of its own for each name it knows.

Whoever guesses at a name uses up the tries of their own address, never those of a browser in
which its owner has signed in (after OWASP's device cookies).
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug import Response

from api.services import services

COOKIE = "motcua_device"
MOST = 8
"""Names that one browser knows, at a counter where people take turns."""
_LASTING = timedelta(days=365)


def known(username: str) -> str | None:
    """By what this browser's tries with a name are counted, if the name has signed in here."""
    return _cookie().get(_mark(username))


def remember(response: Response, username: str) -> None:
    """Give the browser tries of its own with a name that has just signed in."""
    names, mark = _cookie(), _mark(username)
    names[mark] = names.pop(mark, "") or token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        _signer().dumps(dict(list(names.items())[-MOST:])),
        max_age=_LASTING,
        secure=services().settings.production,
        httponly=True,
        samesite="Lax",
    )


def _cookie() -> dict[str, str]:
    try:
        return dict(_signer().loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return {}


def _mark(username: str) -> str:
    """Stands for a name: the cookie can be read by whoever sits at the browser."""
    key = services().settings.secret_key
    return sha256(f"{key}/{username}".encode()).hexdigest()[:16]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(services().settings.secret_key, salt="device")
