"""Diagrams of other tools are uploaded into drafts; whatever comes, the answer is a sentence."""

import os
import time
from base64 import b64encode
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.api.procedure_routes import BIRTH, FOLDER
from tests.unit.bpmn.adopting.test_hostile import NODES, file

EVERYONES = os.environ.get("MOTCUA_FOREIGN_BPMN")
PATIENCE = 2.0


@pytest.fixture
def draft(call: Caller) -> str:
    """Where an open draft of the birth registration is."""
    opened = json_of(call.post("control", "/procedure-drafts", {"procedure": BIRTH}), 201)
    return f"/procedure-drafts/{opened['id']}"


def upload(call: Caller, draft: str, content: bytes, **more: str) -> TestResponse:
    body = {"name": "bản vẽ.bpmn", "content": b64encode(content).decode(), **more}
    return call.post("control", f"{draft}/adopt", body)


def test_an_upload_gives_a_draft_with_what_is_open(call: Caller, draft: str) -> None:
    taken = json_of(upload(call, draft, (FOLDER / "trisotech.bpmn").read_bytes()))
    assert 'id="p_1_001193"' in taken["draft"]["files"]["procedure.bpmn"]
    assert "facts.toml" in taken["draft"]["files"]
    opened = [each["element"] for each in taken["remarks"] if each["kind"] == "open"]
    points = json_of(call.get("control", f"{draft}/open-points"))["remarks"]
    assert sorted(each["element"] for each in points) == sorted(opened)
    again = json_of(upload(call, draft, (FOLDER / "camunda_7.bpmn").read_bytes()))
    assert not [name for name in again["draft"]["files"] if name.startswith("stage_")]
    checked = json_of(call.post("control", f"{draft}/check", {}))
    assert checked["state"] == "draft"
    lacking = {each["element"] for each in again["remarks"] if each["kind"] == "open"}
    assert {finding["element"] for finding in checked["findings"]} <= lacking


def _bad(name: str) -> bytes:
    script = file(f'{NODES}\n<scriptTask id="x"><script>import os</script></scriptTask>')
    return {
        "script": script.encode(),
        "entity": f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{file()}'.encode(),
        "nothing": b"",
        "zip": b"PK\x03\x04",
        "crowd": file(NODES + '<task id="a"/>' * 30_000).encode(),
    }[name]


@pytest.mark.parametrize("name", ["script", "entity", "nothing", "zip", "crowd"])
def test_what_cannot_be_taken_changes_nothing(
    call: Caller, draft: str, database: Database, lives: Lives, name: str
) -> None:
    before = contents(database)
    problem = problem_of(upload(call, draft, _bad(name)), 422, "procedure_refused")
    assert problem["findings"]
    if name == "script":
        (finding,) = problem["findings"]
        assert (finding["element"], finding["line"]) == ("x", 2)
    assert contents(database) == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "a", "content": "ừ"},
        {"name": "", "content": ""},
        {"name": "a", "content": 5},
        {"name": "a", "content": "YQ==", "process": ["x"]},
    ],
)
def test_a_senseless_upload_is_refused(call: Caller, draft: str, body: Any) -> None:
    problem_of(call.post("control", f"{draft}/adopt", body), 422)


def test_a_draft_that_others_changed_is_not_overwritten(call: Caller, draft: str) -> None:
    body = {"name": "a", "content": b64encode(file().encode()).decode()}
    stale = call.post("control", f"{draft}/adopt", body, If_Match='"999"')
    problem_of(stale, 412, "procedure_draft_changed")


@pytest.mark.soak
@pytest.mark.skipif(not EVERYONES, reason="needs MOTCUA_FOREIGN_BPMN, a folder of diagrams")
def test_diagrams_of_everyone_through_the_door(call: Caller, draft: str) -> None:
    statuses: Counter[int] = Counter()
    slowest = (0.0, "")
    files = sorted(each for each in Path(EVERYONES or "").rglob("*.bpmn") if each.is_file())
    for path in files:
        content, begun = path.read_bytes(), time.perf_counter()
        answer = upload(call, draft, content)
        slowest = max(slowest, (time.perf_counter() - begun, str(path)))
        statuses[answer.status_code] += 1
        assert answer.status_code in (200, 422), path
        assert answer.status_code == 200 or answer.get_json(force=True)["findings"], path
    print(statuses, slowest)
    assert slowest[0] < PATIENCE
