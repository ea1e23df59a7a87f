"""Who may import whom, and whose the names of the rooms are."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import PurePath

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.modules import PACKAGES, ROOT


def test_nobody_imports_what_the_contracts_forbid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_other_distribution_owns_a_root_name() -> None:
    others = [each for each in distributions() if each.name != "motcua"]
    assert others
    clashes = {(each.name, name) for each in others for name in _root_names(each)} & {
        (each.name, name) for each in others for name in PACKAGES
    }
    assert not clashes


def _root_names(distribution: Distribution) -> Iterator[str]:
    for file in distribution.files or ():
        first = PurePath(file).parts[0]
        yield first.removesuffix(".py")
