"""Event logs in XES (IEEE 1849-2016), one trace for each dossier, written as they are read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from lxml import etree

from engine.mining.cases import Case
from engine.mining.happenings import Happening

_EXTENSIONS = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
}
_CLASSIFIERS = {
    "Activity": "concept:name",
    "Transition": "concept:name lifecycle:transition",
    "Resource": "org:resource",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016" xes.features="">\n'
_UNKNOWN = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def xes(log: Iterable[tuple[Case, Sequence[Happening]]]) -> Iterator[bytes]:
    """The log in pieces, a trace a piece.

    Elements are in no namespace, as the standard's own schema has them.
    """
    yield _HEAD.encode()
    yield b"".join(map(_written, _preamble()))
    for case, happened in log:
        yield _written(_trace(case, happened))
    yield b"</log>\n"


def _written(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8") + b"\n"


def _preamble() -> Iterator[etree._Element]:
    for prefix, name in _EXTENSIONS.items():
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield etree.Element("extension", name=name, prefix=prefix, uri=uri)
    of_trace = etree.Element("global", scope="trace")
    _add(of_trace, "concept:name", "UNKNOWN")
    yield of_trace
    of_event = etree.Element("global", scope="event")
    _add(of_event, "concept:name", "UNKNOWN")
    _add(of_event, "lifecycle:transition", "complete")
    _add(of_event, "time:timestamp", _UNKNOWN)
    yield of_event
    for name, keys in _CLASSIFIERS.items():
        yield etree.Element("classifier", name=name, scope="event", keys=keys)


def _trace(case: Case, happened: Iterable[Happening]) -> etree._Element:
    trace = etree.Element("trace")
    _add(trace, "concept:name", case.code)
    for key in ("procedure", "version", "agency", "receiving_agency", "channel", "outcome"):
        _add(trace, key, getattr(case, key))
    for key in ("submitted_at", "received_at", "due_at", "finished_at"):
        _add(trace, key, getattr(case, key))
    for each in happened:
        trace.append(_event(each))
    return trace


def _event(happening: Happening) -> etree._Element:
    event, visit = etree.Element("event"), happening.visit
    _add(event, "concept:name", happening.activity)
    _add(event, "lifecycle:transition", happening.transition)
    _add(event, "time:timestamp", happening.at)
    _add(event, "org:resource", happening.resource)
    if visit is not None:
        _add(event, "concept:instance", str(visit.place))
        _add(event, "org:role", visit.role)
        _add(event, "org:group", visit.unit or visit.agency)
        _add(event, "step", visit.step)
        _add(event, "stage", visit.stage)
    _add(event, "event_type", happening.type.value)
    _add(event, "seq", happening.seq)
    for key, told in happening.told.items():
        _add(event, key, told)
    return event


def _add(parent: etree._Element, key: str, value: str | int | datetime | None) -> None:
    """An attribute with its type; nothing where there is no value."""
    if value is None:
        return
    tag = {int: "int", datetime: "date"}.get(type(value), "string")
    text = value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else str(value)
    etree.SubElement(parent, tag, key=key, value=text)
