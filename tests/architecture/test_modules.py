"""What every module owes its reader."""

import ast
from collections.abc import Iterator

from tests.architecture.modules import PACKAGES, ROOMS, modules

MOST_LINES = 400
CLOCK_READER = "engine/wallclock.py"
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("func", "now"),
    ("func", "current_timestamp"),
}
"""Ways to ask what time it is, of Python and of the database."""


def test_every_module_says_what_it_is_for() -> None:
    silent = [each.name for each in modules(*PACKAGES) if not ast.get_docstring(each.tree)]
    assert silent == []


def test_no_module_is_longer_than_one_can_read() -> None:
    long = [each.name for each in modules(*ROOMS, "tests") if each.lines > MOST_LINES]
    assert long == []


def test_no_released_migration_changes_with_the_product() -> None:
    importing = {
        each.name
        for each in modules("migrations/versions")
        if _imported_packages(each.tree) & {*PACKAGES}
    }
    assert importing == set()


def _imported_packages(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


def test_only_one_module_reads_the_clock() -> None:
    readers = {module.name for module in modules(*ROOMS) if any(_clock_readings(module.tree))}
    assert readers == {CLOCK_READER}


def _clock_readings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.Attribute(value=ast.Name(id=owner), attr=name)
                | ast.Attribute(value=ast.Attribute(attr=owner), attr=name)
            ) if (owner, name) in CLOCKS:
                yield node
            case ast.ImportFrom(module=str(owner), names=names) if any(
                (owner, alias.name) in CLOCKS for alias in names
            ):
                yield node
