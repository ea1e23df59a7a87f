"""Files that pages send piece by piece (`static/js/upload.js`): the same commands as over REST."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import Blueprint, Response, jsonify, request
from marshmallow import ValidationError

from api import receiving
from api.edge import Call, sent_bytes, sent_offset
from api.problems import of_engine, problem
from api.services import services
from api.v1.schemas.documents import UploadIn, UploadOut
from api.web.edge import acts_apart, reads
from engine.commands.uploads import BeginUpload
from engine.errors import EngineError
from engine.store import uploads
from engine.store.uploads import Upload

routes = Blueprint("uploads", __name__, url_prefix="/tep")


def _told(view: Callable[..., Upload | None]) -> Callable[..., Response]:
    """Answers as programs read them: what became of the file, or the problem with its sentence."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        try:
            upload = view(*args, **kwargs)
        except EngineError as refused:
            return of_engine(refused)
        except ValidationError:
            return problem(422)
        return jsonify(upload and UploadOut().dump(upload))

    return wrapper


@routes.post("")
@acts_apart
@_told
def begin(call: Call) -> Upload:
    """A file is about to come."""
    body = UploadIn().load(request.get_json())
    with services().database.transaction() as tx:
        return receiving.begin(replace(call, tx=tx), BeginUpload(**body))


@routes.get("/<code:upload>")
@reads
@_told
def show(call: Call, upload: str) -> Upload:
    """How much of it is here."""
    return uploads.get(call.tx, upload, call.actor.id, call.now)


@routes.patch("/<code:upload>")
@acts_apart
@_told
def add(call: Call, upload: str) -> Upload:
    """Its next piece."""
    return receiving.receive(call, upload, sent_offset(), sent_bytes())


@routes.post("/<code:upload>/xong")
@acts_apart
@_told
def finish(call: Call, upload: str) -> Upload:
    """It is whole: look at it."""
    return receiving.finish(call, upload)


@routes.delete("/<code:upload>")
@acts_apart
@_told
def give_up(call: Call, upload: str) -> None:
    """Somebody changed their mind."""
    receiving.give_up(call, upload)
