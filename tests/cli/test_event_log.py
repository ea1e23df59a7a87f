"""`motcua event-log`."""

import json
from pathlib import Path

from lxml import etree

from engine.store.database import Database
from engine.wallclock import wall_clock
from tests.cli.conftest import Shell
from tests.integration.scheduler.lives import submit
from tests.office import COMMUNE_1, COMMUNE_2, Office

_PERIOD = ("--from", "2020-01-01", "--to", "2099-12-31")


def test_logs_are_written(office: Office, database: Database, shell: Shell, tmp_path: Path) -> None:
    made = {dossier.code for dossier in submit(office, 2, wall_clock())}
    target = tmp_path / "log.xes"
    ran = shell("event-log", "xes", *_PERIOD, "--agency", COMMUNE_1, "-o", str(target))
    assert (ran.code, ran.err) == (0, "")
    names = etree.parse(target).findall("trace/string[@key='concept:name']")
    assert {name.get("value") for name in names} == made
    shell("event-log", "ocel", *_PERIOD, "--agency", COMMUNE_2, "-o", str(target))
    assert json.loads(target.read_bytes())["events"] == []


def test_an_agency_that_is_not_there(office: Office, shell: Shell) -> None:
    ran = shell("event-log", "xes", *_PERIOD, "--agency", "H99")
    assert ran.code == 1
    assert "H99" in ran.err
