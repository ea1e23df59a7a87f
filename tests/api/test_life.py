"""A birth registration goes from submission to the delivered certificate over HTTP: drawn up from
the procedure's template, signed by the leader, numbered and sealed by the registry clerk."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import bpmn.procedure
from api.services import provide, services
from tests.api.client import Caller, json_of
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office
from tests.pki import PASSPHRASE, Authority
from tests.signing_office import SigningOffice

FOLDER = bpmn.procedure.PROCESSES / "1_001193"
WORKERS = {
    "reception_officer": "reception1",
    "leader": "leader1",
    "registry_clerk": "clerk1",
    "cashier": "cashier1",
}


def _samples() -> dict[str, Any]:
    texts = [path / "samples.json" for path in (bpmn.procedure.SHARED, FOLDER)]
    return {k: v for text in texts for k, v in json.loads(Path(text).read_text()).items()}


@pytest.fixture
def signing(
    call: Caller, shared_app: Flask, office: Office, clock: FakeClock, tmp_path: Path
) -> SigningOffice:
    """The office of `call`, whose people have certificates."""
    made = SigningOffice(office, clock, tmp_path, Authority())
    with shared_app.app_context():
        here = services()
    provide(shared_app, replace(here, settings=made.house.settings, files=made.house.files))
    made.enrol_all()
    return made


@pytest.mark.usefixtures("signing")
def test_a_birth_is_registered(call: Caller, clock: FakeClock) -> None:
    samples = _samples()
    submitted = call.post(
        "portal",
        "/dossiers",
        {
            "procedure": "1.001193",
            "channel": "online",
            "receiving_agency": COMMUNE_1,
            "owner": {"name": "Nguyễn Văn Bình", "personal_id": "042090001234"},
            "application": samples["application"],
        },
    )
    dossier = json_of(submitted, 201)
    path = submitted.headers["Location"]
    assert dossier["status"] == "submitted"
    assert dossier["code"].startswith(f"{COMMUNE_1}-260706-")

    clock.advance(minutes=10)
    form = samples["check_papers"]
    accepted = json_of(call.post("reception1", f"{path}/accept", {"form": form}))
    assert accepted["due_at"] == "2026-07-06T17:00:00+07:00"

    dossier = _work_to_the_end(call, path, accepted, samples, clock)
    assert dossier["status"] == "delivered"
    assert dossier["status_name"] == "Đã trả kết quả"
    assert dossier["tasks"] == dossier["waits"] == dossier["pauses"] == []
    _look_back(call, path)


def _work_to_the_end(
    call: Caller, path: str, dossier: dict[str, Any], samples: dict[str, Any], clock: FakeClock
) -> dict[str, Any]:
    for _ in range(20):
        if not dossier["tasks"]:
            break
        clock.advance(minutes=10)
        task = dossier["tasks"][0]
        worker = WORKERS.get(task["role"], f"{(task['unit'] or '').lower()}1")
        place = f"{path}/tasks/{task['place']}"
        inbox = json_of(call.get(worker, "/tasks?view=unassigned"))["items"]
        assert [item["place"] for item in inbox] == [task["place"]]
        assert "complete" in json_of(call.get(worker, place))["may"]
        dossier = _done(call, worker, place, task, samples[task["step"]])
    return dossier


def _done(
    call: Caller, worker: str, place: str, task: dict[str, Any], form: dict[str, Any]
) -> dict[str, Any]:
    """A task completed by whoever it is for, with what its step needs of papers."""
    if task["step"] == "enter_register":
        json_of(call.post(worker, f"{place}/paper", {"paper": "result", "form": form}))
    how = {"sign": "sign", "seal": "seal"}.get(task["step"], "complete")
    typed = {} if how == "complete" else {"passphrase": PASSPHRASE}
    found: dict[str, Any] = json_of(call.post(worker, f"{place}/{how}", {"form": form, **typed}))
    return found


def _look_back(call: Caller, path: str) -> None:
    seen = call.get("auditor", path)
    document = json_of(seen)
    assert document["owner"]["name"] == "Nguyễn Văn Bình"
    assert document["application"]["child_name"] == "Nguyễn Minh Khôi"
    assert document["may"] == []
    assert call.get("auditor", path, If_None_Match=seen.headers["ETag"]).status_code == 304
    events = json_of(call.get("auditor", f"{path}/events?limit=200"))["items"]
    assert events[0]["type"] == "DOSSIER_SUBMITTED"
    assert {"DOSSIER_RECEIVED", "RESULT_ISSUED", "DOSSIER_FINISHED"} < {e["type"] for e in events}
    replayed = json_of(call.get("auditor", f"{path}/replay"))
    assert replayed["stop"] is None
    assert replayed["items"][-1]["status"] == "delivered"
    assert json_of(call.get("auditor", f"{path}/verification"))["intact"]
