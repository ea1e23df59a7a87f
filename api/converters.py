"""What may stand in a path: codes of bounded length and plain letters, nothing else."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, Map

PLACE = "int(min=1, max=2147483647)"
"""Numbers of places, users and messages."""


class CodeConverter(BaseConverter):
    """A code of a dossier, a procedure or an agency."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"

    def __init__(self, map_: Map) -> None:
        super().__init__(map_)


def code_schema(converter: CodeConverter) -> dict[str, Any]:
    """How the OpenAPI document describes a code."""
    return {"type": "string", "pattern": f"^{converter.regex}$", "minLength": 1, "maxLength": 64}


def use_converters(app: Flask) -> None:
    """Let routes say `<code:code>`."""
    app.url_map.converters["code"] = CodeConverter
    app.url_map.merge_slashes = False
