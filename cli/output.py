"""How commands speak: results on standard output, progress on standard error."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.deadlines.calendar import VIETNAM

as_json = click.option("--json", "as_json", is_flag=True, help="In ra JSON (for machines).")
"""The option that every command has which a machine may read."""

console = Console(highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON document, Vietnamese letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def local_text(moment: datetime | None) -> str | None:
    """ISO 8601 in Vietnamese time."""
    return moment.astimezone(VIETNAM).isoformat() if moment else None


def said(moment: datetime | None) -> str:
    """As people write it; a dash for none."""
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if moment else "—"


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, silence elsewhere; call what it gives for each step done."""
    error_console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=error_console, disable=not error_console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)
