"""`motcua lint` and `motcua deploy`."""

from pathlib import Path

import pytest

from bpmn.procedure import procedure_folders
from engine.store import definitions
from engine.store.database import Database
from tests import diagrams
from tests.cli.conftest import Shell
from tests.office import Office

SHIPPED = [folder.name.replace("_", ".") for folder in procedure_folders()]


def write(folder: Path, sources: dict[str, str]) -> Path:
    """A procedure's files in a folder."""
    for name, text in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_everything_shipped_passes(bare_shell: Shell) -> None:
    ran = bare_shell("lint", "--json")
    assert ran.code == 0
    assert [each["procedure"] for each in ran.json] == SHIPPED
    assert not [f for each in ran.json for f in each["findings"] if f["severity"] == "error"]


def test_a_broken_diagram_is_refused_with_the_element_named(
    bare_shell: Shell, tmp_path: Path
) -> None:
    sources = diagrams.simple()
    sources["procedure.bpmn"] = sources["procedure.bpmn"].replace('"1 hours"', '"soon"', 1)
    folder = str(write(tmp_path / "broken", sources))
    ran = bare_shell("lint", folder, "--json")
    assert ran.code == 1
    assert "check_papers" in {finding["element"] for finding in ran.json[0]["findings"]}
    assert "check_papers" in bare_shell("lint", folder).out


@pytest.mark.parametrize("command", ["lint", "deploy"])
def test_an_unknown_procedure_is_named(bare_shell: Shell, command: str) -> None:
    ran = bare_shell(command, "1.999999")
    assert ran.code == 2
    assert "«1.999999»" in ran.err


def test_deployment_puts_a_version_in_force_once(database: Database, shell: Shell) -> None:
    first = shell("deploy", SHIPPED[0], "--json").json
    again = shell("deploy", SHIPPED[0], "--json").json
    assert [each["changed"] for each in (*first, *again)] == [True, False]
    with database.reading() as tx:
        assert definitions.current_version(tx, SHIPPED[0]) == first[0]["version"]


def test_a_broken_diagram_is_not_deployed(
    office: Office, database: Database, shell: Shell, tmp_path: Path
) -> None:
    with database.reading() as tx:
        before = definitions.current_version(tx, diagrams.CODE)
    sources = diagrams.simple()
    sources["procedure.bpmn"] = sources["procedure.bpmn"].replace('"1 hours"', '"soon"', 1)
    ran = shell("deploy", str(write(tmp_path / "broken", sources)))
    assert ran.code == 1
    assert "check_papers" in ran.err
    with database.reading() as tx:
        assert definitions.current_version(tx, diagrams.CODE) == before


@pytest.mark.parametrize(
    ("limit", "element"), [("23 hours", diagrams.CODE), ("25 hours", "appraise")]
)
def test_steps_that_take_longer_than_the_law_allows_are_not_deployed(
    office: Office, database: Database, shell: Shell, tmp_path: Path, limit: str, element: str
) -> None:
    with database.reading() as tx:
        before = definitions.current_version(tx, diagrams.CODE)
    sources = diagrams.simple()
    short, long = diagrams.task("appraise"), diagrams.task("appraise", limit=limit)
    signing = {
        "stage": "signing", "four_eyes": "appraise", "returns_to": "appraise", "batchable": "true",
    }  # fmt: skip
    sources["procedure.bpmn"] = (
        sources["procedure.bpmn"]
        .replace(short, long)
        .replace(
            diagrams.task("sign", **signing), diagrams.task("sign", limit="2 hours", **signing)
        )
    )
    ran = shell("deploy", str(write(tmp_path / "long", sources)))
    assert ran.code == 1
    assert element.replace(".", "_") in ran.err
    with database.reading() as tx:
        assert definitions.current_version(tx, diagrams.CODE) == before


def test_a_step_under_an_hour_is_deployed_with_a_warning(
    office: Office, shell: Shell, tmp_path: Path
) -> None:
    sources = diagrams.simple()
    short = diagrams.task("appraise", limit="0.5 hours")
    sources["procedure.bpmn"] = sources["procedure.bpmn"].replace(diagrams.task("appraise"), short)
    folder = str(write(tmp_path / "short", sources))
    (deployed,) = shell("deploy", folder, "--json").json
    assert deployed["changed"]
    (warning,) = deployed["warnings"]
    assert (warning["element"], warning["severity"]) == ("appraise", "warning")
    ran = shell("deploy", folder)
    assert ran.code == 0
    assert "cảnh báo procedure.bpmn: appraise, dòng 1: Hạn bước dưới một giờ" in ran.out
