"""A draft is tried over REST: every request holds all moves, and none leaves anything behind."""

from typing import Any

import pytest
from sqlalchemy import func, select

from engine.commands.procedure_drafts import OpenDraft, open_draft
from engine.store.schema import metadata
from tests.api.client import Caller
from tests.clock import FakeClock
from tests.office import Office
from tests.samples import answer, application, shipped

BIRTH = "1.001193"
SUBMIT = {"kind": "submit", "by": "portal1"}


@pytest.fixture
def draft(office: Office, clock: FakeClock) -> str:
    """Where a draft of the registration of births is."""
    with office.database.transaction() as tx:
        number = open_draft(tx, OpenDraft(BIRTH), office.actor("control"), clock())
    return f"/procedure-drafts/{number}"


def rows(office: Office) -> dict[str, int]:
    """How much is in the database; what is asked leaves a trace of who asked elsewhere."""
    with office.database.reading() as tx:
        return {
            table.name: int(tx.execute(select(func.count()).select_from(table)).scalar_one())
            for table in metadata.sorted_tables
        }


def test_a_dossier_is_walked_to_its_result(call: Caller, office: Office, draft: str) -> None:
    procedure = shipped("1_001193")
    form = {"channel": "direct", "application": application(procedure)}
    moves: list[dict[str, Any]] = [{**SUBMIT, "form": form}]
    before = rows(office)
    said = call.post("control", f"{draft}/try", {"moves": moves}).get_json()
    while said["tasks"]:
        task = said["tasks"][0]
        done = {"kind": "complete", "by": task["candidates"][0], "place": task["place"]}
        moves.append({**done, "form": answer(procedure, task["step"])})
        said = call.post("control", f"{draft}/try", {"moves": moves}).get_json()
    assert said["status"] == "delivered"
    assert said["notices"]
    assert rows(office) == before


def test_every_way_is_walked(call: Caller, draft: str) -> None:
    said = call.post("control", f"{draft}/explore").get_json()
    assert (said["unreached"], said["faults"]) == ([], [])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"moves": [{"kind": "pay", "by": "cashier1"}]}, 409, "trial_not_begun"),
        ({"moves": [{**SUBMIT, "by": "x"}]}, 422, "trial_person_unknown"),
        ({"moves": [SUBMIT]}, 422, "form_invalid"),
        ({"moves": [{**SUBMIT, "form": {"channel": "pigeon"}}]}, 422, "form_invalid"),
        ({"moves": [{**SUBMIT, "form": {"application": 7}}]}, 422, "form_invalid"),
        ({"moves": [{"kind": "fly"}]}, 422, "request_invalid"),
        ({"agency": "H40.99"}, 403, "not_permitted"),
        ({"moves": [{"kind": "later", "until": "2090-01-01T00:00:00+07:00"}]}, 422,
         "trial_time_invalid"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    call: Caller, draft: str, body: Any, status: int, code: str
) -> None:
    answer = call.post("control", f"{draft}/try", body)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
