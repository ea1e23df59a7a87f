"""A rulebook is read whole or refused with the place that is wrong, whatever is in it."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.roles import Role
from bpmn.threshold import Threshold
from bpmn.time_limit import TimeLimit
from engine.errors.time import RulebookInvalid
from engine.life import rulebook
from engine.life.rulebook import AlertRule, Ladder, Rulebook, standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.model.alert import Level, Subject
from engine.model.status import Status
from tests.unit.bpmn.asking import is_vietnamese

PAUSE = "pauses.khac"
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**70, 1.5, float("nan"), float("inf"), "", "  ", "x" * 10_000,
    "một\ndòng", "\x00", "\ud800", [], ["leader"], [[]], [{}], {}, {"a": {}}, {"": 1},
    "leader", "RESET", "1 hours", "30 days",
)  # fmt: skip
"""What a hostile or careless author may write anywhere."""


def changed(where: str, value: Any) -> dict[str, Any]:
    """The shipped rulebook with one entry set."""
    document = deepcopy(standard_rulebook())
    *path, last = where.split(".")
    part = document
    for name in path:
        part = part[name]
    part[last] = value
    return document


def without(where: str) -> dict[str, Any]:
    """The shipped rulebook without one entry."""
    document = deepcopy(standard_rulebook())
    *path, last = where.split(".")
    part = document
    for name in path:
        part = part[name]
    del part[last]
    return document


def refusal(document: Any) -> RulebookInvalid:
    """How the document is refused: in Vietnamese, and briefly."""
    with pytest.raises(RulebookInvalid) as refused:
        read_rulebook(document)
    message = refused.value.message
    assert is_vietnamese(message.split("Tại «")[1])
    assert message.endswith(".")
    assert not message.endswith("..")
    assert message.isprintable()
    assert len(message) < 600
    return refused.value


def where(document: Any) -> str:
    """The place that the refusal names."""
    return str(refusal(document).details["where"])


def test_the_shipped_one_is_read() -> None:
    found = read_rulebook(standard_rulebook())
    supplement = found.pause_reason("bo_sung_ho_so")
    assert (supplement.limit, supplement.times) == (TimeLimit.parse("30 days"), 1)
    assert found.pause_reason("khac").approvers == {Role.LEADER, Role.CENTRE_DIRECTOR}
    assert found.cause("loi_he_thong").outage
    assert found.alerts[Subject.STEP] == AlertRule((Threshold.parse("80%"),))
    assert set(found.alerts) == set(Subject)
    assert set(found.ladders) == set(Level)
    assert found.ladders[Level.NOTICE] == Ladder({})
    assert found.ladders[Level.NEAR_DUE_1] == found.ladders[Level.NEAR_DUE_3]
    assert found.demanded == {Subject.DOSSIER, Subject.STEP}


def test_the_shipped_one_stays_the_same_as_json() -> None:
    assert json.loads(json.dumps(standard_rulebook())) == standard_rulebook()
    file = Path(rulebook.__file__).with_suffix(".toml")
    assert tomllib.loads(file.read_text(encoding="utf-8")) == standard_rulebook()


def test_what_is_left_out_warns_of_nothing() -> None:
    found = read_rulebook({**standard_rulebook(), "alerts": {}, "ladder": {}})
    assert found.alerts == dict.fromkeys(Subject, AlertRule())
    assert found.ladders == dict.fromkeys(Level, Ladder({}))


def test_an_office_may_add_reasons_and_causes_of_its_own() -> None:
    own = {"name": "Chờ họp hội đồng", "policy": "EXTEND", "status": "suspended", "manual": True}
    document = changed("pauses.cho_hoi_dong", {**own, "extension": "5 working_days"})
    assert read_rulebook(document).pause_reason("cho_hoi_dong").status is Status.SUSPENDED
    cause = {"name": "Mất điện", "fault": "force_majeure"}
    assert not read_rulebook(changed("overdue.causes.mat_dien", cause)).cause("mat_dien").outage


@pytest.mark.parametrize(
    "name", ["pauses", "alerts", "ladder", "extension", "overdue", "overdue.causes"]
)
@pytest.mark.parametrize("value", [None, 5, [], "x", [["x"]]])
def test_a_part_that_is_no_table_is_named(name: str, value: Any) -> None:
    assert where(changed(name, value)) == name
    assert where(without(name)) == name


@pytest.mark.parametrize("document", [None, [], "x", 5, float("nan"), [standard_rulebook()]])
def test_what_is_no_document_at_all_is_refused(document: Any) -> None:
    assert where(document) == "bộ quy tắc"


@pytest.mark.parametrize("reason", list(standard_rulebook()["pauses"]))
def test_no_reason_that_diagrams_use_may_be_missing(reason: str) -> None:
    assert where(without(f"pauses.{reason}")) == f"pauses.{reason}"


@pytest.mark.parametrize(
    "place",
    ["kind", "pauses.khac.colour", "alerts.weather", "alerts.calendar", "alerts.dossier.after",
     "alerts.intake.near_due", "ladder.notice", "ladder.due.holder", "extension.days",
     "overdue.colour", "overdue.causes.cong_dan.colour"],
)  # fmt: skip
def test_what_is_not_known_is_named(place: str) -> None:
    assert where(changed(place, {})) == place


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("name", [None, 5, "", " ", "x" * 201, "một\ndòng", "\x00", "\ud800", ["x"]]),
        ("policy", [None, "PERHAPS", "reset", 5, True, [], {}]),
        ("status", [None, "delivered", "processing", "x" * 10_000, 5, []]),
        ("manual", [None, 0, 1, "true", []]),
        ("evidence", [None, 0, 1, "no"]),
        ("limit", [5, "soon", "0 hours", " " * 100 + "5 days", True, "5", ["5 days"], "-1 days"]),
        ("times", [0, -1, True, False, 1.0, "1", 101, 10**400, float("nan")]),
        ("approvers", ["leader", ["king"], ["leader"] * 99, [5], [[]], ["auditor"], ["portal"]]),
        ("extension", ["5 days", 5]),
    ],
)
def test_a_wrong_pause_reason_is_named(name: str, values: list[Any]) -> None:
    for value in values:
        assert where(changed(f"{PAUSE}.{name}", value)) == f"{PAUSE}.{name}", value


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("pauses.bo_sung_ho_so.evidence", True, None),
        ("pauses.bo_sung_ho_so.approvers", ["leader"], None),
        ("pauses.khac.policy", "EXTEND", "pauses.khac.extension"),
        ("pauses.khac.policy", "STOP", "pauses.khac.limit"),
        ("pauses.khac.policy", "DEEMED", "pauses.khac.limit"),
        ("pauses.Khác", {}, None),
        (f"pauses.{'x' * 33}", {}, f"pauses.{'x' * 33}"),
        ("alerts.dossier.near_due", ["50%", "50%"], None),
        ("alerts.dossier.near_due", ["10%", "20%", "30%", "40%"], None),
        ("alerts.step.near_due", ["5 days"], None),
        ("alerts.step.near_due", [5], None),
        ("alerts.intake.after", "2 days", None),
        ("alerts.unassigned.after", "0 hours", None),
        ("ladder.due.unit_head", "1 months", None),
        ("ladder.due.until_acknowledged", "yes", None),
        ("ladder.overdue.leader", "1 hours",
         "ladder.overdue.unit_head → control_officer → leader"),
        ("extension.times", -1, None),
        ("extension.times", None, None),
        ("extension.times", True, None),
        ("extension.notice", "8 hours", None),
        ("extension.notice", "1.5 working_days", None),
        ("extension.notice", None, None),
        ("overdue.demanded", "dossier", None),
        ("overdue.demanded", ["intake"], None),
        ("overdue.demanded", ["dossier", "step", "dossier"], None),
        ("overdue.causes.cong_dan.fault", "nobody", None),
        ("overdue.causes.cong_dan.fault", [], None),
        ("overdue.causes.cong_dan.outage", 1, None),
        ("overdue.causes", {}, "overdue.causes.*"),
        ("overdue.causes", {"x": {"name": "X", "fault": "own", "outage": True}},
         "overdue.causes.*"),
        ("overdue.causes", {f"x{n}": {} for n in range(51)}, "overdue.causes"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_named(place: str, value: Any, named: str | None) -> None:
    assert where(changed(place, value)) == (named or place)


def test_no_extension_at_all_can_be_laid_down() -> None:
    assert read_rulebook(changed("extension.times", 0)).extension.times == 0


def test_a_deep_document_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for place in ("pauses", "pauses.khac.policy", "alerts.dossier.near_due", "overdue.demanded"):
        refusal(changed(place, deep))


def test_a_huge_document_is_refused_quickly() -> None:
    refusal({str(n): n for n in range(200_000)})
    refusal(changed("pauses.khac.approvers", ["leader"] * 200_000))
    refusal(changed("pauses.khac.name", "x" * 5_000_000))


def _places(part: Any, path: str = "") -> Iterator[str]:
    """Every place in a document that has a name."""
    if isinstance(part, dict):
        for name, inner in part.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from _places(inner, here)


PLACES = sorted(_places(standard_rulebook()))
NAMES = st.sampled_from(sorted({place.split(".")[-1] for place in PLACES})) | st.text(max_size=30)
JSON = st.recursive(
    st.sampled_from(ODD) | st.text(max_size=30) | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner),
    max_leaves=12,
)


def read_or_refuse(document: Any) -> None:
    """Anything but a rulebook or a refusal is an error of ours."""
    try:
        assert isinstance(read_rulebook(document), Rulebook)
    except RulebookInvalid:
        refusal(document)


@given(document=JSON)
def test_any_document_reads_or_is_refused(document: Any) -> None:
    read_or_refuse(document)


@given(places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=3), value=JSON)
def test_any_change_of_the_shipped_one_reads_or_is_refused(places: list[str], value: Any) -> None:
    document: dict[str, Any] = standard_rulebook()
    for place in sorted(set(places), key=len, reverse=True):
        document = _with(document, place.split("."), value)
    read_or_refuse(document)


def _with(part: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    return {**part, path[0]: _with(part[path[0]], path[1:], value)}


@pytest.mark.parametrize("place", PLACES)
def test_odd_values_anywhere_read_or_are_refused(place: str) -> None:
    for value in ODD:
        read_or_refuse(changed(place, value))


def test_levels_that_nothing_would_watch_are_refused() -> None:
    assert where(changed("alerts.pause", {"near_due": ["80%"]})) == "alerts.pause"
