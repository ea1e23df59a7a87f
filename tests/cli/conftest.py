"""A shell: commands on the test's database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main
from engine.store.database import Database


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document."""
        return json.loads(self.out)


Shell = Callable[..., Ran]


@pytest.fixture
def bare_shell() -> Shell:
    """Runs commands that need no database: `shell("due", "--from", …)`."""
    return lambda *words: run({}, *words)


@pytest.fixture
def shell(database: Database, tmp_path: Path) -> Shell:
    """Runs commands on the test's database and its `files`."""
    url = database.engine.url.render_as_string(hide_password=False)
    here = {"MOTCUA_DATABASE_URL": url, "MOTCUA_STORAGE_URL": (tmp_path / "files").as_uri()}
    return lambda *words: run(here, *words)


def run(environment: dict[str, str], *words: str) -> Ran:
    """Run one command in this process."""
    result = CliRunner().invoke(main, list(words), env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)
