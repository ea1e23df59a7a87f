"""Facts, forms and decision tables, part by part."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from bpmn.comparing.items import Item, Items
from bpmn.source import read_xml

FACT_NAMES = {
    "code": "Mã thủ tục",
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "field_code": "Mã lĩnh vực",
    "level": "Cấp thực hiện",
    "also_at": "Cấp thực hiện khác",
    "decision": "Quyết định công bố",
    "unit": "Đơn vị giải quyết",
    "time_limit": "Thời hạn giải quyết",
    "start_rule": "Ngày bắt đầu tính hạn",
    "result_name": "Kết quả",
    "result_code": "Mã kết quả",
    "result_valid_for": "Hiệu lực của kết quả",
    "near_due": "Mức cảnh báo sắp đến hạn",
    "second_stage": "Thời hạn phần thứ hai",
    "certification": "Chứng thực",
    "symbols": "Ký hiệu văn bản",
    "pauses": "Tạm dừng",
}
_PAPER = "Thành phần hồ sơ"
_SAID = "Nội dung"
_INNER = ("properties", "items", "required")


def facts(file: str, text: str) -> Items:
    """Facts by name, papers by their code; raises `ValueError`."""
    raw = tomllib.loads(text)
    found = {
        name: Item(FACT_NAMES.get(name, name), {_SAID: _plain(value)})
        for name, value in raw.items()
        if name != "components"
    }
    papers = [paper for paper in raw.get("components", []) if isinstance(paper, Mapping)]
    for number, paper in enumerate(papers, 1):
        said = {name: _plain(value) for name, value in paper.items()}
        label = f"{_PAPER}: {paper.get('name', number)}"
        found[f"components.{paper.get('code', number)}"] = Item(label, said)
    return found


def form(file: str, text: str) -> Items:
    """Fields of a form by their paths; raises `ValueError`."""
    return dict(_fields(json.loads(text), "", file))


def _fields(schema: Any, path: str, label: str) -> Iterator[tuple[str, Item]]:
    if not isinstance(schema, Mapping):
        return
    said = {name: _plain(value) for name, value in schema.items() if name not in _INNER}
    yield path, Item(str(schema.get("title") or label), said)
    needed = schema.get("required") or []
    for name, inner in (schema.get("properties") or {}).items():
        below = f"{path}.{name}" if path else name
        for key, item in _fields(inner, below, name):
            must = {"required": _plain(name in needed)} if key == below else {}
            yield key, Item(item.label, {**item.aspects, **must})
    yield from _fields(schema.get("items"), f"{path}[]", label)


def table(file: str, text: str) -> Items:
    """Rules of decision tables by their ids; raises `ProcedureError`."""
    found: dict[str, Item] = {}
    for decision in read_xml(file, text).iter("{*}decision"):
        inner = next(decision.iter("{*}decisionTable"), None)
        if inner is None:
            continue
        columns = list(_columns(inner))
        policy = inner.get("hitPolicy") or "UNIQUE"
        head = {"Tên": decision.get("name") or "", "Cách chọn dòng": policy}
        asked = {title: expression for title, expression in columns if expression}
        found[str(decision.get("id"))] = Item(decision.get("name") or file, {**head, **asked})
        found |= _rules(inner, [title for title, _ in columns])
    return found


def _columns(inner: Any) -> Iterator[tuple[str, str]]:
    for column in inner:
        if etree.QName(column).localname in ("input", "output"):
            said = next(column.iter("{*}text"), None)
            expression = (said.text or "").strip() if said is not None else column.get("name") or ""
            yield column.get("label") or column.get("name") or expression, expression


def _rules(inner: Any, titles: list[str]) -> dict[str, Item]:
    found = {}
    for number, rule in enumerate(inner.iter("{*}rule"), 1):
        told = next(rule.iter("{*}description"), None)
        label = (told.text or "").strip() if told is not None else ""
        entries = (e for e in rule if etree.QName(e).localname in ("inputEntry", "outputEntry"))
        cells = [(next(e.iter("{*}text")).text or "").strip() for e in entries if len(e)]
        found[str(rule.get("id") or number)] = Item(
            f"Dòng {number}: {label}" if label else f"Dòng {number}",
            dict(zip(titles, cells, strict=False)),
        )
    return found


def _plain(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
