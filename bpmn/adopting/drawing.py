"""The picture: shapes and lines of what was taken; what is missing stays missing."""

import math
from collections.abc import Iterator

from lxml import etree

from bpmn.adopting.trees import local
from bpmn.source import NAMESPACES

_DI = f"{{{NAMESPACES['bpmndi']}}}"
_DC = f"{{{NAMESPACES['dc']}}}"
_WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
_FLAGS = ("isHorizontal", "isExpanded", "isMarkerVisible")
_FARTHEST = 1_000_000


def draw(written: etree._Element, root: etree._Element, main: str, names: set[str]) -> None:
    """Draw in a new file what the old one shows of the elements with these ids, one picture for
    the main process or collaboration, one for each subprocess that has its own."""
    shown: set[str] = set()
    for number, (plane, of) in enumerate(_planes(root, main, names), start=1):
        figures = [figure for figure in map(_figure, plane) if figure is not None]
        figures = [each for each in figures if _is_new(each, names, shown)]
        if figures:
            diagram = etree.SubElement(written, f"{_DI}BPMNDiagram", id=f"diagram_{number}")
            canvas = etree.SubElement(diagram, f"{_DI}BPMNPlane", id=f"plane_{number}")
            canvas.set("bpmnElement", of)
            canvas.extend(figures)


def _planes(
    root: etree._Element, main: str, names: set[str]
) -> Iterator[tuple[list[etree._Element], str]]:
    """What is drawn of the main process, wherever; then the planes of subprocesses."""
    ours: list[etree._Element] = []
    own: dict[str, list[etree._Element]] = {}
    for plane in root.iter(f"{_DI}BPMNPlane"):
        of = local(plane.get("bpmnElement"))
        (own.setdefault(of, []) if of in names and of != main else ours).extend(plane)
    yield ours, main
    yield from ((figures, of) for of, figures in own.items())


def _is_new(figure: etree._Element, names: set[str], shown: set[str]) -> bool:
    of = str(figure.get("bpmnElement"))
    if of not in names or of in shown:
        return False
    shown.add(of)
    return True


def _figure(figure: etree._Element) -> etree._Element | None:
    of = local(figure.get("bpmnElement"))
    if not of:
        return None
    if figure.tag == f"{_DI}BPMNShape":
        return _shape(figure, of)
    return _edge(figure, of) if figure.tag == f"{_DI}BPMNEdge" else None


def _shape(figure: etree._Element, of: str) -> etree._Element | None:
    bounds = _bounds(figure)
    if bounds is None:
        return None
    shape = etree.Element(f"{_DI}BPMNShape", id=f"shape_{of}", bpmnElement=of)
    for flag in _FLAGS:
        if figure.get(flag) in ("true", "false"):
            shape.set(flag, str(figure.get(flag)))
    shape.append(bounds)
    _label(shape, figure)
    return shape


def _edge(figure: etree._Element, of: str) -> etree._Element | None:
    points = [_numbers(point, ("x", "y")) for point in figure.iterchildren(_WAYPOINT)]
    good = [point for point in points if point is not None]
    if len(good) < 2:
        return None
    edge = etree.Element(f"{_DI}BPMNEdge", id=f"edge_{of}", bpmnElement=of)
    for point in good:
        etree.SubElement(edge, _WAYPOINT, point)
    _label(edge, figure)
    return edge


def _label(copy: etree._Element, figure: etree._Element) -> None:
    label = figure.find(f"{_DI}BPMNLabel")
    bounds = None if label is None else _bounds(label)
    if bounds is not None:
        etree.SubElement(copy, f"{_DI}BPMNLabel").append(bounds)


def _bounds(figure: etree._Element) -> etree._Element | None:
    bounds = figure.find(f"{_DC}Bounds")
    said = None if bounds is None else _numbers(bounds, ("x", "y", "width", "height"))
    return None if said is None else etree.Element(f"{_DC}Bounds", said)


def _numbers(element: etree._Element, names: tuple[str, ...]) -> dict[str, str] | None:
    """Coordinates, as far as they are numbers that a picture can have."""
    found: dict[str, str] = {}
    for name in names:
        try:
            number = float(element.get(name) or "")
        except ValueError:
            return None
        if not math.isfinite(number) or abs(number) > _FARTHEST:
            return None
        found[name] = repr(round(number, 2))
    return found
