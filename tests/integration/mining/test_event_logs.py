"""Event logs as other tools read them: by the grammar of XES, and whole in OCEL."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.queries.mining import LogFormat, event_log
from tests.integration.mining.conftest import ASKED, WAYS
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("xes.rng")))


def log(office: Office, format_: LogFormat) -> bytes:
    pieces = list(event_log(office.database, ASKED, frozenset({COMMUNE_1}), format_))
    assert len(pieces) > len(WAYS), "written dossier by dossier"
    return b"".join(pieces)


@pytest.mark.parametrize("format_", LogFormat)
def test_no_citizen_is_in_a_log(office: Office, walkers: list[Walker], format_: LogFormat) -> None:
    text = log(office, format_).decode()
    for word in (*walkers[0].owner.values(), "Gia đình chuyển nơi cư trú", "Người dùng"):
        assert word not in text


def test_xes_has_a_trace_for_every_dossier(office: Office, walkers: list[Walker]) -> None:
    root = etree.fromstring(log(office, LogFormat.XES))
    GRAMMAR.assertValid(root)
    traces = {_value(trace, "concept:name"): trace for trace in root.iter("trace")}
    assert set(traces) == {walker.dossier.code for walker in walkers}
    straight = traces[walkers[0].dossier.code]
    done = [
        _value(event, "step")
        for event in straight.iter("event")
        if _value(event, "step") and _value(event, "lifecycle:transition") == "complete"
    ]
    assert list(dict.fromkeys(done)) == ["check_papers", "appraise", "sign", "deliver"]
    moments = [_value(event, "time:timestamp") or "" for event in straight.iter("event")]
    assert moments == sorted(moments)
    people = {_value(event, "org:resource") for event in straight.iter("event")}
    assert f"user:{office.actor('leader1').id}" in people


def test_every_object_of_an_ocel_log_is_declared(office: Office, walkers: list[Walker]) -> None:
    found = json.loads(log(office, LogFormat.OCEL))
    kinds = {each["name"]: _declared(each) for each in found["objectTypes"]}
    activities = {each["name"]: _declared(each) for each in found["eventTypes"]}
    objects = {each["id"]: each for each in found["objects"]}
    assert len(objects) == len(found["objects"])
    for each in objects.values():
        assert {attribute["name"] for attribute in each["attributes"]} <= kinds[each["type"]]
        assert all(attribute["time"] for attribute in each["attributes"])
    for each in found["events"]:
        assert {attribute["name"] for attribute in each["attributes"]} <= activities[each["type"]]
    for each in (*objects.values(), *found["events"]):
        assert all(related["objectId"] in objects for related in each["relationships"])
    assert len({each["id"] for each in found["events"]}) == len(found["events"])
    dossiers = {id_ for id_, each in objects.items() if each["type"] == "dossier"}
    assert dossiers == {walker.dossier.code for walker in walkers}


def _declared(kind: Any) -> set[str]:
    return {attribute["name"] for attribute in kind["attributes"]}


def _value(element: etree._Element, key: str) -> str | None:
    found = element.find(f"*[@key='{key}']")
    return None if found is None else found.get("value")
