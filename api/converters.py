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


class NumberConverter(BaseConverter):
    """The number of an entry in a register.

    Bounded by its pattern, not by a check afterwards: where an address takes several methods, a
    failed check would be answered as if the method were wrong.
    """

    regex = r"[1-9][0-9]{0,8}"

    def __init__(self, map_: Map) -> None:
        super().__init__(map_)

    def to_python(self, value: str) -> int:
        """The number itself."""
        return int(value)


class FileConverter(BaseConverter):
    """The name of a file of a procedure, perhaps in a folder: shared/receipt.bpmn."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}"
    part_isolating = False


def file_schema(converter: FileConverter) -> dict[str, Any]:
    """How the OpenAPI document describes the name of a file."""
    return {"type": "string", "pattern": f"^{converter.regex}$", "minLength": 1, "maxLength": 100}


def number_schema(converter: NumberConverter) -> dict[str, Any]:
    """How the OpenAPI document describes a number."""
    return {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def use_converters(app: Flask) -> None:
    """Let routes say `<code:code>` and `<number:id>`."""
    app.url_map.converters["code"] = CodeConverter
    app.url_map.converters["file"] = FileConverter
    app.url_map.converters["number"] = NumberConverter
    app.url_map.merge_slashes = False
