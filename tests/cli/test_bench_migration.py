"""`motcua bench --part migration`: dossiers go over while people work on them, and prove it."""

import pytest

from tests.cli.conftest import Shell

MANY = 1_000


@pytest.mark.parametrize("count", [6, pytest.param(MANY, marks=pytest.mark.soak)])
@pytest.mark.parametrize("where", [(), pytest.param(("--postgres",), marks=pytest.mark.soak)])
def test_none_is_lost_and_all_replay(bare_shell: Shell, count: int, where: tuple[str, ...]) -> None:
    words = ("bench", "--part", "migration", "--migrated", str(count), "--json", *where)
    tried, done, verified = bare_shell(*words).json
    assert tried["name"] == f"try to migrate a dossier (of {count:,})"
    assert "others worked on" in done["name"]
    assert verified["against"] == "a completion"
