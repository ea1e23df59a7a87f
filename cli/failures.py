"""What people read when something cannot be done, and the exit code that programs read.

2: what was asked for does not exist or makes no sense. 1: everything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bpmn.findings import ProcedureError
from engine.errors import EngineError, Kind
from engine.settings import SettingsError

_SENSELESS = frozenset({Kind.INVALID, Kind.NOT_FOUND})


class Refusal(click.ClickException):
    """A sentence for people."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on standard error."""
        click.echo(f"Lỗi: {self.format_message()}", file=file, err=True)


class Senseless(Refusal):
    """What was asked for does not exist or makes no sense."""

    exit_code = 2


@contextmanager
def telling_people() -> Iterator[None]:
    """Turn what the rooms raise into a `Refusal`."""
    try:
        yield
    except EngineError as error:
        refusal = Senseless if error.kind in _SENSELESS else Refusal
        raise refusal(error.message) from error
    except (SettingsError, ProcedureError) as error:
        raise Senseless(str(error)) from error
    except (ArgumentError, NoSuchModuleError) as error:
        message = "MOTCUA_DATABASE_URL không phải địa chỉ cơ sở dữ liệu SQLite hay PostgreSQL."
        raise Senseless(message) from error
    except DBAPIError as error:
        raise Refusal(f"Cơ sở dữ liệu không thực hiện được yêu cầu: {error.orig}") from error
