"""The command line explains itself."""

import pytest

from cli.main import COMMANDS
from tests.cli.conftest import Shell


def test_every_command_is_listed(bare_shell: Shell) -> None:
    told = bare_shell("--help").out
    assert [command for command in COMMANDS if f"  {command} " not in told] == []


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help(bare_shell: Shell, command: str) -> None:
    ran = bare_shell(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: main {command}")


def test_an_unknown_command_is_refused(bare_shell: Shell) -> None:
    assert bare_shell("fly").code == 2
