"""Why a template cannot be drawn, and which line of it is to blame."""

import traceback
from enum import StrEnum

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

BODY = "body"
"""How tracebacks call the template itself; other names are parts of the product."""


class Failure(StrEnum):
    """What sort of trouble it is."""

    SYNTAX = "syntax"
    UNKNOWN_NAME = "unknown_name"
    FORBIDDEN = "forbidden"
    OTHER_TEMPLATE = "other_template"
    REFERENCE = "reference"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    FAULT = "fault"


class Spoilt(Exception):
    """Nothing was drawn: what the trouble is, what about it, and in which line, if in one."""

    def __init__(self, failure: Failure, detail: str = "", line: int | None = None) -> None:
        super().__init__(failure, detail, line)
        self.failure = failure
        self.detail = detail
        self.line = line


class TooLarge(Exception):
    """More text came out than any letter has."""


class TooSlow(Exception):
    """The time is over."""


_FAILURES: tuple[tuple[type[BaseException], Failure], ...] = (
    (TemplateNotFound, Failure.OTHER_TEMPLATE),
    (TemplateSyntaxError, Failure.SYNTAX),
    (SecurityError, Failure.FORBIDDEN),
    (UndefinedError, Failure.UNKNOWN_NAME),
    (TooLarge, Failure.TOO_LARGE),
    (MemoryError, Failure.TOO_LARGE),
    (OverflowError, Failure.TOO_LARGE),
    (RecursionError, Failure.TOO_LARGE),
    (TooSlow, Failure.TOO_SLOW),
    (TemplateError, Failure.FAULT),
)


def blamed(error: BaseException) -> Spoilt:
    """The failure that an exception means; whatever is not known is the template's fault too."""
    failure = next((f for kind, f in _FAILURES if isinstance(error, kind)), Failure.FAULT)
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    return Spoilt(failure, str(error)[:200], line)


def _line_of(error: BaseException) -> int | None:
    """The innermost line of the template itself that was being done."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == BODY), None)


def line_with(text: str, part: str) -> int | None:
    """The first line of a text that has this in it."""
    return next((n for n, line in enumerate(text.splitlines(), 1) if part in line), None)
