"""The edge: who is calling, one transaction per request, repeats, and revisions.

`reads` and `writes` wrap a view. The view gets a `Call` first; when it returns, its answer is
rendered already, and the transaction commits before anything is sent.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, cast

from flask import Response, request
from sqlalchemy import Connection
from webargs.flaskparser import abort
from werkzeug.exceptions import UnsupportedMediaType

from api.body import read_body
from api.documenting import View, document
from api.readings import record, unrecorded
from api.sending import Later
from api.services import services
from engine.commands.acting import Target
from engine.errors import Unauthenticated
from engine.model.actor import Actor
from engine.model.reading import Looked
from engine.store import idempotency, users

PIECE = "application/offset+octet-stream"
"""The media type of a piece of a file, as the tus protocol has it."""

KEPT_HEADERS = ("Content-Type", "ETag", "Location")
_TOKEN = re.compile(r"[Bb]earer ([A-Za-z0-9_-]{8,200})")
_KEY = re.compile(r"[!-~]{1,128}")
_OFFSET = re.compile("[0-9]{1,12}")
_REVISION = re.compile(r'"([0-9]{1,9})"')
_ALWAYS = (401, 500, 503)
_WITH_BODY = (400, 413, 415, 422)
_NEVER = -1


@dataclass(frozen=True)
class Call:
    """A request that was let in: its transaction, who calls, and when."""

    tx: Connection
    actor: Actor
    now: datetime
    token: str = field(repr=False)


def reads(*refusals: int, looks_at: Looked | None = None) -> Callable[[View], View]:
    """The view only asks: it keeps no writer waiting. `refusals` are those it adds itself.

    `looks_at` says what of the dossier `code` it shows: that is written down first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            token = bearer_token()
            with services().database.reading() as tx:
                call = _let_in(tx, token)
                answer = view(call, *args, **kwargs)
                reading = looks_at and unrecorded(call, kwargs["code"], looks_at)
            if reading:
                record(reading)
            return answer.made() if isinstance(answer, Later) else answer

        headers = ("If-None-Match",) if 304 in _answers(view) else ()
        document(wrapper, (*_ALWAYS, *refusals), headers)
        return wrapper

    return decorate


def writes(*refusals: int, keyed: bool = True, revised: bool = False) -> Callable[[View], View]:
    """The view changes something: all of it or nothing.

    `keyed` routes give a repeat with the same Idempotency-Key the first answer; answers that
    hold a secret must not be kept and so are not keyed. `revised` ones read If-Match.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            token, key = bearer_token(), sent_key() if keyed else None
            read_body()
            with services().database.transaction() as tx:
                call = _let_in(tx, token)
                if key is None:
                    return view(call, *args, **kwargs)
                return once(call, key, lambda: view(call, *args, **kwargs))

        headers = ("Idempotency-Key",) * keyed + ("If-Match",) * revised
        document(wrapper, (*_ALWAYS, *_WITH_BODY, *refusals), headers)
        return wrapper

    return decorate


def writes_apart(
    *refusals: int, keyed: bool = False, revised: bool = False
) -> Callable[[View], View]:
    """The view changes many dossiers, each in a transaction of its own (`api.apart`); the `tx` of
    its `Call` is closed. A repeat is no harm: commands refuse what was done already. `keyed` views
    look at `sent_key` to tell a repeat that it was; `revised` ones read If-Match."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            token = bearer_token()
            read_body()
            with services().database.reading() as tx:
                call = _let_in(tx, token)
            return view(call, *args, **kwargs)

        headers = ("Idempotency-Key",) * keyed + ("If-Match",) * revised
        document(wrapper, (*_ALWAYS, *_WITH_BODY, *refusals), headers)
        return wrapper

    return decorate


def takes_bytes(*refusals: int) -> Callable[[View], View]:
    """The view gets the bytes of the request after its `Call`, the `tx` of which is closed."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            token = bearer_token()
            content = sent_bytes()
            with services().database.reading() as tx:
                call = _let_in(tx, token)
            return view(call, content, *args, **kwargs)

        document(wrapper, (*_ALWAYS, *_WITH_BODY, *refusals), ("Upload-Offset",))
        return wrapper

    return decorate


def sent_bytes() -> bytes:
    """The body of a request that sends a piece of a file; raises 413 and 415."""
    if request.mimetype != PIECE:
        raise UnsupportedMediaType
    return request.get_data(cache=False)


def sent_offset() -> int:
    """Where in its file the piece of a request begins."""
    offset = request.headers.get("Upload-Offset", "")
    if not _OFFSET.fullmatch(offset):
        message = "Phải là số byte đã gửi, ví dụ 0."
        abort(422, messages={"headers": {"Upload-Offset": [message]}})
    return int(offset)


def _answers(view: View) -> dict[int, Any]:
    return cast(
        dict[int, Any], getattr(view, "_apidoc", {}).get("response", {}).get("responses", {})
    )


def bearer_token() -> str:
    """The token that the request carries; raises `Unauthenticated`."""
    match = _TOKEN.fullmatch(request.headers.get("Authorization", ""))
    if match is None:
        raise Unauthenticated()
    return match[1]


def _let_in(tx: Connection, token: str) -> Call:
    now = services().clock()
    actor = users.actor_by_token(tx, token, now)
    if actor is None:
        raise Unauthenticated()
    return Call(tx, actor, now, token)


def sent_key() -> str | None:
    """The Idempotency-Key of the request, if it has one."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        message = "Khóa gồm 1 đến 128 ký tự không dấu, không có dấu cách."
        abort(422, messages={"headers": {"Idempotency-Key": [message]}})
    return key


def once(call: Call, key: str, view: Callable[[], Response]) -> Response:
    """The view's answer, or the one that the same request of this person got before."""
    before = idempotency.claim(call.tx, call.actor.id, key, _digest(), call.now)
    if before is not None:
        again = Response(before.body, before.status, dict(before.headers))
        again.headers["Idempotency-Replayed"] = "true"
        return again
    response = view()
    headers = {k: response.headers[k] for k in KEPT_HEADERS if k in response.headers}
    answer = idempotency.Answer(response.status_code, response.get_data(as_text=True), headers)
    idempotency.keep(call.tx, call.actor.id, key, answer)
    return response


def _digest() -> str:
    """Stands for the whole request; keyed, because bodies may hold passwords."""
    parts = (request.method.encode(), request.full_path.encode(), request.get_data(cache=True))
    lengths = b"".join(len(part).to_bytes(8, "big") for part in parts)
    secret = services().settings.secret_key.encode()
    return hmac.new(secret, lengths + b"".join(parts), hashlib.sha256).hexdigest()


def target(code: str) -> Target:
    """The dossier a command is for, only at the revision that If-Match names."""
    return Target(code, asked_revision())


def asked_revision() -> int | None:
    """The revision that If-Match names; None where any will do."""
    asked = request.headers.get("If-Match", "*").strip()
    if asked == "*":
        return None
    match = _REVISION.fullmatch(asked)
    return int(match[1]) if match else _NEVER


def etag(revision: int) -> dict[str, str]:
    """The header that names a revision."""
    return {"ETag": f'"{revision}"'}
