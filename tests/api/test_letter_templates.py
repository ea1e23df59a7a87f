"""Templates of letters over HTTP: tried, chosen, inherited, and pinned by what was issued."""

from typing import Any

import pytest

from engine.printing.templates import shipped
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.test_letters import letters, read
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE
from tests.reading import text_of

PATH = "/letter-templates/appointment"
OWN = shipped("appointment").replace("Nội dung yêu cầu giải quyết", "Việc của ông bà")
CHOICE = {"origin": "own", "body": OWN, "reason": "Quyết định số 12/QĐ-UBND"}


def choose(call: Caller, user: str, agency: str, **choice: Any) -> Any:
    """Choose a template for an agency."""
    return json_of(call(user, "PUT", PATH, {**CHOICE, **choice, "agency": agency}))


def shown(call: Caller, agency: str, user: str = "administrator") -> Any:
    """The template of an agency."""
    return json_of(call.get(user, f"{PATH}?agency={agency}"))


def said(call: Caller, lives: Lives, at: str = COMMUNE_1) -> str:
    """What the slip of a new dossier says."""
    dossier = lives.accepted()
    return read(call, dossier.code, letters(call, dossier.code)[0])


def test_a_commune_has_the_products_then_its_provinces_then_its_own(
    call: Caller, lives: Lives
) -> None:
    assert shown(call, COMMUNE_1)["owner"] is None
    assert "Nội dung yêu cầu giải quyết" in said(call, lives)
    choose(call, "administrator", PROVINCE)
    assert shown(call, COMMUNE_1)["owner"] == "Ủy ban nhân dân tỉnh"
    assert "Việc của ông bà" in said(call, lives)
    choose(call, "administrator1", COMMUNE_1, body=OWN.replace("Việc của ông bà", "Về việc"))
    assert shown(call, COMMUNE_1)["origin"] == "own"
    assert "Về việc" in said(call, lives)
    assert shown(call, COMMUNE_2)["owner"] == "Ủy ban nhân dân tỉnh"
    choose(call, "administrator1", COMMUNE_1, origin="product", body="")
    assert "Nội dung yêu cầu giải quyết" in said(call, lives)
    choose(call, "administrator1", COMMUNE_1, origin="above", body="")
    assert "Việc của ông bà" in said(call, lives)
    versions = shown(call, COMMUNE_1)["versions"]
    assert [each["origin"] for each in versions] == ["above", "product", "own"]
    assert versions[0]["chosen_by"] == "Người dùng administrator1"


def test_what_was_issued_keeps_its_template(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    choose(call, "administrator", PROVINCE)
    assert "Nội dung yêu cầu" in read(call, dossier.code, letters(call, dossier.code)[0])


def test_a_choice_comes_into_force_on_its_day(call: Caller, lives: Lives, clock: FakeClock) -> None:
    choose(call, "administrator1", COMMUNE_1, effective_from="2026-07-08")
    assert "Nội dung yêu cầu" in said(call, lives)
    clock.set("2026-07-08 08:00")
    assert "Việc của ông bà" in said(call, lives)
    late = {**CHOICE, "agency": COMMUNE_1, "effective_from": "2026-07-07"}
    problem_of(call("administrator1", "PUT", PATH, late), 422, "template_too_early")


def test_a_trial_is_drawn_and_changes_nothing(call: Caller) -> None:
    answer = call.post("administrator1", f"{PATH}/trial", {"agency": COMMUNE_1, "body": OWN})
    assert "Việc của ông bà" in text_of(answer.data)
    assert shown(call, COMMUNE_1)["owner"] is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{{ owner.name", "dòng 1"),
        ("<p>{{ nobody_knows }}</p>", "dòng 1"),
        ("\n{{ ''.__class__ }}", "dòng 2"),
        ("{% include 'file:///etc/passwd' %}", "dòng 1"),
        ("<img src='http://127.0.0.1:1/x'>", "dòng 1"),
        ("<p>{{ ticket.upper() }}</p>", "dòng 1"),
    ],
)
def test_what_cannot_be_drawn_is_not_put_in_force(call: Caller, body: str, reason: str) -> None:
    choice = {**CHOICE, "agency": COMMUNE_1, "body": body}
    problem = problem_of(call("administrator1", "PUT", PATH, choice), 422, "template_faulty")
    assert reason in problem["detail"]
    assert shown(call, COMMUNE_1)["versions"] == []


def test_two_administrators_at_once(call: Caller) -> None:
    digest = shown(call, COMMUNE_1)["digest"]
    choose(call, "administrator1", COMMUNE_1, expected=digest)
    late = {**CHOICE, "agency": COMMUNE_1, "expected": digest}
    problem_of(call("administrator", "PUT", PATH, late), 412, "template_changed")


def test_the_office_log_tells_of_it(call: Caller) -> None:
    choose(call, "administrator1", COMMUNE_1)
    events = json_of(call.get("administrator1", "/office-events"))["items"]
    assert events[0]["type"] == "LETTER_TEMPLATE_CHOSEN"
    assert events[0]["after"]["reason"] == CHOICE["reason"]


def test_a_form_that_there_is_not(call: Caller) -> None:
    path = f"/letter-templates/poem?agency={COMMUNE_1}"
    problem_of(call.get("administrator1", path), 404, "form_unknown")
