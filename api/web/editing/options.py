"""What the panel beside a drawing offers: stages, units, forms, tables, messages, outcomes."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from api.web.language import gettext as _
from bpmn.findings import ProcedureError
from bpmn.roles import LANES
from bpmn.source import BPMN_NS, read_xml
from bpmn.steps import STAGE_NAMES, Message, Outcome, Paper
from bpmn.time_limit import Unit
from engine.model.status import ENDED, STATUS_NAMES

_DMN_NAME = re.compile(r"[A-Za-z]\w{0,99}")
Pairs = list[tuple[str, str]]


def options(files: Mapping[str, str], connectors: Pairs, pauses: Pairs) -> dict[str, Any]:
    """What the panel needs for the files of a draft; a file that cannot be read offers nothing."""
    drawn = list(_shared(files))
    return {
        "stages": [(stage.value, _(name)) for stage, name in STAGE_NAMES.items()],
        "units": _units(),
        "lanes": [(name, name) for name in LANES],
        "papers": [
            (Paper.RESULT.value, _("Kết quả giải quyết")),
            (Paper.REFUSAL.value, _("Văn bản từ chối")),
        ],
        "outcomes": [(each.value, _(STATUS_NAMES[ENDED[each]])) for each in Outcome],
        "messages": _messages(),
        "forms": list(_forms(files)),
        "decisions": tables(files),
        "shared": [(process, name) for process, name, _steps in drawn],
        "shared_steps": [
            [step, f"{title} ({name})"] for _id, name, steps in drawn for step, title in steps
        ],
        "connectors": connectors,
        "pauses": pauses,
    }


def tables(files: Mapping[str, str]) -> Pairs:
    """The decision tables of a draft: what their files are called, and their titles."""
    found = []
    for file, text in sorted(files.items()):
        name = file.removesuffix(".dmn")
        if name != file and _DMN_NAME.fullmatch(name):
            found.append((name, _title(file, text) or name))
    return found


def _title(file: str, text: str) -> str | None:
    try:
        decision = read_xml(file, text).find("{*}decision")
    except ProcedureError:
        return None
    return None if decision is None else decision.get("name")


def _units() -> Pairs:
    words = {
        Unit.HOURS: _("giờ làm việc"),
        Unit.WORKING_DAYS: _("ngày làm việc"),
        Unit.DAYS: _("ngày"),
        Unit.MONTHS: _("tháng"),
        Unit.SAME_DAY: _("trong ngày"),
    }
    return [(unit.value, name) for unit, name in words.items()]


def _messages() -> Pairs:
    words = {
        Message.SUPPLEMENT_RECEIVED: _("Công dân đã nộp bổ sung"),
        Message.OBLIGATION_FULFILLED: _("Nghĩa vụ tài chính đã hoàn thành"),
        Message.WITHDRAWAL_REQUESTED: _("Công dân rút hồ sơ"),
        Message.DISCONTINUATION_DECIDED: _("Cơ quan dừng giải quyết"),
    }
    return [(message.value, name) for message, name in words.items()]


def _forms(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for file, text in sorted(files.items()):
        if file.endswith(".json"):
            name = PurePosixPath(file).name
            title = _form_title(text)
            yield name, f"{title} ({name})" if title else name


def _form_title(text: str) -> str | None:
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError):
        return None
    title = schema.get("title") if isinstance(schema, dict) else None
    return title if isinstance(title, str) else None


def _shared(files: Mapping[str, str]) -> Iterator[tuple[str, str, Pairs]]:
    """The shared stages: id, name, and the steps in each."""
    for file, text in sorted(files.items()):
        if file.startswith("shared/") and file.endswith(".bpmn"):
            for process in _processes(file, text):
                steps = [_named(step) for step in process.iter(f"{{{BPMN_NS}}}userTask")]
                yield *_named(process), steps


def _processes(file: str, text: str) -> list[etree._Element]:
    try:
        return list(read_xml(file, text).iter(f"{{{BPMN_NS}}}process"))
    except ProcedureError:
        return []


def _named(element: etree._Element) -> tuple[str, str]:
    id_ = element.get("id") or ""
    return id_, element.get("name") or id_
