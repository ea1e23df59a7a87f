"""What all pages of the board share: their addresses, and what is asked of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from marshmallow import Schema, ValidationError
from sqlalchemy import Connection
from webargs.flaskparser import abort

from api.web.frame import render
from engine.model.actor import Actor, Permission, has
from engine.queries.supervised import supervised_agencies
from engine.queries.supervision_counts import By, names_for

PREFIX = "/dieu-hanh"
_CODE = re.compile("[A-Za-z0-9._-]{1,64}")
routes = Blueprint("board", __name__, url_prefix=PREFIX)


def asked(schema: type[Schema], **usual: Any) -> dict[str, Any]:
    """The query of this address, and what is `usual` where it says nothing; fields left empty
    count as not asked, wrong ones are refused."""
    given = {**usual, **{name: text for name, text in request.args.items() if text}}
    try:
        found: dict[str, Any] = schema().load(given)
    except ValidationError as error:
        abort(422, messages={"query": error.messages_dict})
    return found


def address(path: str, *changes: Mapping[str, Any], **more: Any) -> str:
    """An address of the board with a query; what is None or empty is left out."""
    query: dict[str, Any] = {}
    for part in (*changes, more):
        query.update(part)
    kept = {name: value for name, value in query.items() if value not in (None, "", False)}
    return PREFIX + path + (f"?{urlencode(kept)}" if kept else "")


def show(template: str, tx: Connection, actor: Actor, agency: str | None, **context: Any) -> str:
    """A page of the board, with the agencies that one may choose from."""
    ours = supervised_agencies(actor)
    names = names_for(tx, By.AGENCY, ours, ours)
    frame = {
        "agencies": [(code, names.get(code, code)) for code in sorted(ours)],
        "agency": agency,
        "agency_name": names.get(agency or "", agency),
        "supervises": True,
        "may_press": has(actor, Permission.TASK_PRESS),
        "may_assign": has(actor, Permission.TASK_ASSIGN),
        "to": address,
    }
    return render(template, **frame, **context)


def ticked() -> list[str]:
    """The dossiers that were ticked in a list, each once; what cannot be a code is none."""
    given = request.form.getlist("dossier") or request.args.getlist("dossier")
    return [code for code in dict.fromkeys(given) if _CODE.fullmatch(code)]


def without(query: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A query without some of its fields."""
    left_out = set(names)
    return {name: value for name, value in query.items() if name not in left_out}
