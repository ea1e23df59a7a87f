"""The JSON Schema of a message to the portal: for tests, for the simulator, for integrators."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FILE = Path(__file__).with_name("message.schema.json")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")))


def faults(message: Any) -> Iterator[str]:
    """What is wrong with a message, each with where it stands."""
    for error in _validator().iter_errors(message):
        yield f"{error.json_path}: {error.message[:200]}"
