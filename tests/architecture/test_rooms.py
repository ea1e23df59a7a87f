"""Who may import whom, and whose the names of the rooms are."""

from importlib.metadata import Distribution, distributions
from pathlib import PurePath

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.modules import PACKAGES, ROOT


def test_nobody_imports_what_the_contracts_forbid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    # It would set up logs for itself, and silence those of the product for the tests after it.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_other_distribution_owns_a_root_name() -> None:
    """Tests are never installed; python-barcode installs its own beside everything."""
    others = [each for each in distributions() if each.name != "motcua"]
    assert others
    rooms = {*PACKAGES} - {"tests"}
    clashes = {each.name: names for each in others if (names := _root_names(each) & rooms)}
    assert clashes == {}


def _root_names(distribution: Distribution) -> set[str]:
    """What can be imported of a distribution that it puts next to our packages."""
    files = [file for file in distribution.files or () if file.suffix in (".py", ".so")]
    return {PurePath(file).parts[0].removesuffix(".py") for file in files}
