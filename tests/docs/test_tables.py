"""Tables in the documentation list all there is, and nothing else."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from flask import Flask
from prometheus_client import generate_latest

from api.app import create_app
from api.problems import KNOWN, STATUS_OF
from bpmn.component import Component
from bpmn.facts import Facts
from bpmn.procedure import SHARED
from bpmn.roles import COUNTER_ROLES, LANES, Role
from bpmn.source import NAMESPACES, read_xml
from bpmn.steps import INTERRUPTIONS, Message, Stage
from engine.errors import EngineError
from engine.life.rulebook import PauseReason, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.model.actor import PERMISSIONS, Reach
from engine.settings import DEVELOPMENT_KEY, Settings
from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications.metrics import SchedulerMetrics
from tests.docs.pages import ROOT, Page, codes, plain

OPERATORS = Page("docs/operators.md")
AUTHORS = Page("docs/procedure-authors.md")
INTEGRATORS = Page("docs/integrators.md")
GLOSSARY = Page("docs/glossary.md")


def test_settings() -> None:
    said = {plain(row[0]): plain(row[1]) for row in OPERATORS.table("Variable", "Default")}
    expected = {
        f"MOTCUA_{field.name.upper()}": _default(field.default) for field in fields(Settings)
    }
    assert said == expected


def _default(value: object) -> str:
    if value == DEVELOPMENT_KEY:
        return "a public one"
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_problem_codes() -> None:
    said = {plain(row[0]): int(row[1]) for row in INTEGRATORS.table("Code", "Status")}
    usual = {code: status for status, (code, _, _) in KNOWN.items()}
    command = [sys.executable, "-c", f"from {__name__} import tell; tell()"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said == {**usual, **json.loads(ran.stdout), **_particular()}


def tell() -> None:
    """Print the codes of what REST may refuse: in a process that has not imported the pages."""
    ours = {
        error.code: STATUS_OF[error.kind]
        for error in _below(EngineError)
        if error.__module__.startswith("engine.")
    }
    print(json.dumps(ours))


def _below(error: type[EngineError]) -> Iterator[type[EngineError]]:
    for child in error.__subclasses__():
        yield child
        yield from _below(child)


def _particular() -> dict[str, int]:
    """Codes that a view gives a problem by itself: `problem(503, code="…")`."""
    calls = (
        call
        for file in (ROOT / "api").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "problem"
    )
    found = (
        (keyword.value.value, call.args[0].value)
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "code"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(call.args[0], ast.Constant)
    )
    return {str(code): int(str(status)) for code, status in found}


def test_metrics(sqlite_database: Database) -> None:
    said = {(plain(row[0]), row[1]) for row in OPERATORS.table("Metric", "Of")}
    app = create_app(Settings(), sqlite_database, wall_clock)
    told = app.test_client().get("/metrics").text
    ours = {("API", told), ("scheduler", generate_latest(SchedulerMetrics().registry).decode())}
    assert said == {(name, of) for of, text in ours for name in _families(text)}


def _families(text: str) -> set[str]:
    """The metrics of which a page tells."""
    found = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    return {name for name in found if not name.endswith("_created")}


def test_routes() -> None:
    said = {(row[0], f"/api/v1{plain(row[1])}") for row in INTEGRATORS.table("Method", "Path")}
    database = Database("sqlite://")
    assert said == _documented(create_app(Settings(), database, wall_clock))
    database.close()


def _documented(app: Flask) -> set[tuple[str, str]]:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    methods = {"get", "post", "put", "patch", "delete"}
    return {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
        if method in methods
    }


def test_permissions() -> None:
    words = {
        Reach.OWN: "dossiers it submitted",
        Reach.AGENCY: "its agency",
        Reach.SUBORDINATES: "its agency and those below",
    }
    said = {
        plain(row[0]): (row[1], set(codes(row[2]))) for row in INTEGRATORS.table("Role", "Where")
    }
    expected = {
        role.value: (words[next(iter(given.values()))], {p.value for p in given})
        for role, given in PERMISSIONS.items()
    }
    assert said == expected
    assert all(len(set(given.values())) == 1 for given in PERMISSIONS.values())


def test_properties() -> None:
    said = {plain(row[0]) for row in AUTHORS.table("Property", "On")}
    assert said == _properties_read()


def _properties_read() -> set[str]:
    """The names with which the diagrams' readers ask for properties."""
    calls = (
        node
        for file in ("bpmn/parse.py", "bpmn/reading.py")
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and len(node.args) == 2
    )
    return {
        call.args[1].value
        for call in calls
        if ast.unparse(call.func).endswith("property_of")
        and isinstance(call.args[1], ast.Constant)
        and isinstance(call.args[1].value, str)
    }


def test_stages() -> None:
    (stage,) = [row for row in AUTHORS.table("Property", "On") if plain(row[0]) == "stage"]
    assert set(codes(stage[3])) == {each.value for each in Stage}


def test_lanes() -> None:
    counter, office = "the agency that received the dossier", "the competent agency"
    said = {row[0]: (plain(row[1]), row[2]) for row in AUTHORS.table("Lane", "Role")}
    assert said == {
        lane: (role.value, counter if role in COUNTER_ROLES else office)
        for lane, role in LANES.items()
    }


def test_shared_stages() -> None:
    said = {plain(row[0]): set(codes(row[2])) for row in AUTHORS.table("Stage", "What happens")}
    assert said == {file.stem: set(_steps(file)) for file in SHARED.glob("*.bpmn")}


def _steps(file: Path) -> list[str]:
    root = read_xml(file.name, file.read_text(encoding="utf-8"))
    return [str(task.get("id")) for task in root.iter(f"{{{NAMESPACES['bpmn']}}}userTask")]


def test_messages() -> None:
    said = {plain(row[0]): row[1] for row in AUTHORS.table("Message", "Where")}
    start = "start of an event subprocess"
    assert said == {m.value: start if m in INTERRUPTIONS else "wait" for m in Message}


def test_pause_reasons() -> None:
    said = {
        plain(row[0]): (row[1], codes(row[2])[0], *row[3:])
        for row in AUTHORS.table("Reason", "Meaning")
    }
    reasons = read_rulebook(standard_rulebook()).pauses
    assert said == {code: _pause_row(reason) for code, reason in reasons.items()}


def _pause_row(reason: PauseReason) -> tuple[str, ...]:
    return (
        reason.name,
        reason.policy.value,
        _yes(reason.manual),
        f"`{reason.limit}`" if reason.limit else "",
        str(reason.times or ""),
        _yes(reason.evidence),
        ", ".join(f"`{role}`" for role in Role if role in reason.approvers),
    )


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def test_entries_of_a_pause_reason() -> None:
    said = {plain(row[0]) for row in OPERATORS.table("Entry", "Meaning")}
    assert said == {field.name for field in fields(PauseReason)} - {"code"}


def test_rules_of_the_rulebook() -> None:
    said = {plain(row[0]): codes(row[1]) for row in OPERATORS.table("Rule", "Shipped")}
    shipped = {
        path: _shown(value)
        for path, value in _entries(standard_rulebook(), "")
        if not path.startswith(("pauses.", "overdue.causes.", "priorities."))
    }
    assert said == shipped


def _entries(part: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for name, value in part.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def _shown(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [str(value).lower()]
    return [str(each) for each in (value if isinstance(value, list) else [value])]


def test_overdue_causes() -> None:
    said = {
        plain(row[0]): (row[1], plain(row[2]), row[3]) for row in OPERATORS.table("Cause", "Name")
    }
    causes = read_rulebook(standard_rulebook()).causes.values()
    assert said == {each.code: (each.name, each.fault, _yes(each.outage)) for each in causes}


def test_priority_reasons() -> None:
    said = {plain(row[0]): (row[1], row[2]) for row in OPERATORS.table("Priority", "Name")}
    reasons = read_rulebook(standard_rulebook()).priorities.values()
    assert said == {each.code: (each.name, _yes(each.note)) for each in reasons}


def test_facts() -> None:
    said = {plain(row[0]) for row in AUTHORS.table("Key", "Needed")}
    assert said == {field.name for field in fields(Facts)}
    paragraph = re.search(r"^A paper has .*?\n\n", AUTHORS.text, re.MULTILINE | re.DOTALL)
    assert paragraph
    assert set(codes(paragraph[0].replace("\n", " "))) == {f.name for f in fields(Component)}


def test_roles_are_in_the_glossary() -> None:
    assert {role.value for role in Role} <= set(GLOSSARY.code)
