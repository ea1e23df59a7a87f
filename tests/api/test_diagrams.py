"""The diagrams of a dossier: of its own version, with where it stands."""

import pytest

from bpmn.procedure import procedure_from_sources
from engine.store import definitions
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.procedure import sources
from tests.diagrams import simple

MAIN = "procedure"


def test_a_dossier_shows_where_it_stands(call: Caller, lives: Lives) -> None:
    dossier = lives.signing()
    (main,) = json_of(call.get("office1", f"/dossiers/{dossier.code}/diagrams"))["items"]
    assert main == {
        "name": MAIN,
        "title": "",
        "current": ["sign"],
        "waiting": [],
        "done": ["appraise", "check_papers"],
    }


def test_a_wait_is_marked_as_such(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.obliged().code}/diagrams"
    (main,) = json_of(call.get("office1", path))["items"]
    assert (main["current"], main["waiting"]) == ([], ["await_obligation"])


def test_a_dossier_keeps_the_diagram_it_began_on(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.accepted().code}/diagrams/{MAIN}"
    with lives.office.database.transaction() as tx:
        newer = procedure_from_sources(simple())
        assert definitions.put(tx, newer, by=None, now=lives.clock())
    answer = call.get("office1", path)
    assert answer.content_type == "application/xml; charset=utf-8"
    assert answer.text == sources()["procedure.bpmn"]


@pytest.mark.parametrize("name", ["facts.toml", "shared.signing.bpmn", "procedure.bpmn", "x"])
def test_what_is_no_diagram_is_not_found(call: Caller, lives: Lives, name: str) -> None:
    problem_of(call.get("office1", f"/dossiers/{lives.accepted().code}/diagrams/{name}"), 404)
