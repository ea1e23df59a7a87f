"""Every refusal has a code of its own and a sentence that can be filled in."""

import ast
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from string import Formatter

import pytest

from engine.errors import EngineError
from tests.architecture.modules import ROOMS, modules


def _errors(parent: type[EngineError] = EngineError) -> Iterator[type[EngineError]]:
    for error in parent.__subclasses__():
        yield error
        yield from _errors(error)


def _all_errors() -> list[type[EngineError]]:
    for module in modules(*ROOMS):
        if "EngineError" in module.source:
            import_module(
                module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    return sorted(_errors(), key=lambda error: error.__name__)


ERRORS = _all_errors()
every_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)


def _fields(error: type[EngineError]) -> set[str]:
    """What the sentence names in braces."""
    return {field for _, field, _, _ in Formatter().parse(error.__doc__ or "") if field}


def test_codes_are_unique() -> None:
    codes = Counter(error.code for error in ERRORS)
    assert [code for code, times in codes.items() if times > 1] == []


@every_error
def test_it_has_a_code_and_a_sentence_of_its_own(error: type[EngineError]) -> None:
    assert "code" in vars(error)
    assert error.__doc__
    assert error.__doc__ != EngineError.__doc__


@every_error
def test_the_sentence_is_one(error: type[EngineError]) -> None:
    filled = " ".join((error.__doc__ or "").split()).format(**dict.fromkeys(_fields(error), "…"))
    assert filled[0].isupper()
    assert filled.endswith(".")


def _raised() -> Iterator[tuple[str, type[EngineError], set[str]]]:
    """Where errors are made: place, error, and the details given by name."""
    known = {error.__name__: error for error in ERRORS if "__init__" not in vars(error)}
    for module in modules(*ROOMS):
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in known:
                    given = {keyword.arg for keyword in keywords}
                    if None not in given:
                        yield f"{module.name}:{node.lineno}", known[name], {*map(str, given)}


def test_whoever_raises_an_error_gives_what_its_sentence_names() -> None:
    missing = {
        (place, error.__name__, field)
        for place, error, given in _raised()
        for field in _fields(error) - given
    }
    assert not missing
