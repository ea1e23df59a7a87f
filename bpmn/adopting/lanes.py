"""Lanes of other tools: flat, and called as our roles are where their names say so."""

from functools import cache
from pathlib import Path

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, kind_of
from bpmn.adopting.words import plain
from bpmn.roles import LANES, ROLE_NAMES, Role

_WORDS = Path(__file__).with_name("roles.txt")
_LANE = f"{BPMN}lane"
_REF = f"{BPMN}flowNodeRef"


def flatten(process: etree._Element, remarks: Remarks) -> None:
    """Leave one set of lanes, without lanes in lanes; a node is in the innermost that names it.

    A lane whose name means one role is called as that role is; any other keeps its name.
    """
    sets = [each for each in process if kind_of(each) == "laneSet"]
    lanes = [lane for each in sets for lane in each.iter(_LANE)]
    inner = _innermost(lanes, remarks)
    peopled = set(inner.values())
    kept = [lane for lane in lanes if lane in peopled or not _is_split(lane)]
    for lane in lanes:
        if lane not in peopled and _is_split(lane):
            remarks.changed(lane, "Làn chứa các làn khác được thay bằng các làn trong nó.")
    for each in sets:
        process.remove(each)
    if kept:
        process.insert(0, _laid_flat(sets[0], kept, inner))
    for lane in kept:
        _name(lane, remarks)


def role_of(name: str) -> Role | None:
    """The role that a lane's name means, if it means one and no other."""
    if name in LANES:
        return LANES[name]
    text = f" {plain(name)} "
    found = {role for word, role in _words() if f" {word} " in text}
    return found.pop() if len(found) == 1 and found <= set(LANES.values()) else None


@cache
def _words() -> tuple[tuple[str, Role], ...]:
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line)
    return tuple(
        (plain(word), Role(role.strip())) for role, _, words in pairs for word in words.split(",")
    )


def _innermost(lanes: list[etree._Element], remarks: Remarks) -> dict[str, etree._Element]:
    """By node: lanes come from outside in, so the last one that names it is the innermost."""
    found: dict[str, etree._Element] = {}
    for lane in lanes:
        for reference in lane.iterchildren(_REF):
            name = (reference.text or "").strip()
            before = found.get(name)
            if before is not None and before not in lane.iterancestors(_LANE):
                remarks.open(lane, f"Phần tử «{name[:64]}» nằm trong hai làn; hãy để một làn.")
            else:
                found[name] = lane
    return found


def _is_split(lane: etree._Element) -> bool:
    return lane.find(f"{BPMN}childLaneSet/{_LANE}") is not None


def _laid_flat(
    first: etree._Element, kept: list[etree._Element], inner: dict[str, etree._Element]
) -> etree._Element:
    flat = etree.Element(f"{BPMN}laneSet", id=first.get("id") or "lanes")
    members: dict[etree._Element, list[str]] = {lane: [] for lane in kept}
    for node, lane in inner.items():
        members[lane].append(node)
    for lane in kept:
        for child in list(lane):
            lane.remove(child)
        for node in members[lane]:
            etree.SubElement(lane, _REF).text = node
        flat.append(lane)
    return flat


def _name(lane: etree._Element, remarks: Remarks) -> None:
    name = lane.get("name") or ""
    role = role_of(name)
    if role is not None and name != ROLE_NAMES[role]:
        remarks.changed(lane, f"Làn được lấy là vai trò «{ROLE_NAMES[role]}».")
        lane.set("name", ROLE_NAMES[role])
