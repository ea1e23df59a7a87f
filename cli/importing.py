"""How files of the catalogue get into a database: read, compared, written down at once."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from bpmn.catalogue.entry import Reading
from bpmn.catalogue.files import read_catalogue
from bpmn.catalogue.tables import NoTable
from cli.failures import Senseless
from cli.operator import operator
from cli.output import progress
from engine.commands.catalogue import ImportCatalogue, import_catalogue
from engine.commands.catalogue_plan import Plan
from engine.store.catalogue import catalogue_on
from engine.store.database import Database

_LONGEST_NAME = 128


def read(files: Sequence[Path]) -> list[Reading]:
    """Everything that the files say."""
    if len({file.name for file in files}) < len(files):
        raise Senseless("Có hai tệp cùng tên; hãy đổi tên một tệp.")
    try:
        return read_catalogue(files)
    except NoTable as error:
        raise Senseless(str(error)) from error
    except OSError as error:
        raise Senseless(f"Không đọc được tệp {error.filename}: {error.strerror}.") from error


def named(files: Sequence[Path], source: str | None = None) -> dict[str, str]:
    """What the catalogue of each file is called."""
    return {file.name: (source or file.stem)[:_LONGEST_NAME] for file in files}


def compare(
    database: Database, readings: Sequence[Reading], sources: dict[str, str], day: date
) -> Plan:
    """What would change from a day on; no transaction is open while processes are drawn."""
    with database.reading() as tx:
        plan = Plan(sources, catalogue_on(tx, day))
    with progress("Lập quy trình", len(readings)) as done:
        for reading in readings:
            plan.take(reading)
            done()
    return plan


def write_down(database: Database, plan: Plan, day: date, now: datetime) -> None:
    """Record what was worked out."""
    names = tuple(sorted(set(plan.sources.values())))
    command = ImportCatalogue(names, tuple(plan.changes), day, plan.catalogue.seen)
    with database.transaction() as tx:
        import_catalogue(tx, command, operator(tx), now)
