"""What a diagram says of its service tasks: which connector does what, with which facts.

Connectors are named, never addressed: where requests go is for the office to say.
"""

import re
from collections.abc import Mapping
from typing import Any

from bpmn.expressions import ExpressionError, check
from bpmn.reading import about, choice, pauses, property_of, required
from bpmn.steps import Mode, Service, Wait
from bpmn.time_limit import TimeLimit

MODE = "mode"
SENDS = "sends."
"""Begins the names of properties that each send one thing."""
MOST_SENT = 50
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def service(spec: Any, limit: TimeLimit | None) -> Service:
    """The service that a service task is, with the timer on its edge; raises `ProcedureError`."""
    mode: Mode = choice(
        spec, property_of(spec, MODE), {mode.value: mode for mode in Mode}, "mode phải là: "
    )
    answer = property_of(spec, "answer")
    if mode is Mode.ASK:
        required(spec, answer, "Tác vụ hỏi (ask) phải nêu answer: biểu mẫu của câu trả lời.")
    elif answer:
        raise about(spec, "Tác vụ gửi rồi đi tiếp (tell) không chờ trả lời; hãy bỏ answer.")
    return Service(
        id=spec.bpmn_id,
        name=required(spec, spec.bpmn_name, "Tác vụ phải có tên."),
        connector=_name(spec, "connector"),
        operation=_name(spec, "operation"),
        mode=mode,
        sends=_sends(spec),
        answer=answer,
        limit=limit,
    )


def wait(spec: Any, limit: TimeLimit | None) -> Wait:
    """The wait for the answer that an asking service task is."""
    asks = service(spec, limit)
    return Wait(asks.id, asks.name, pauses=pauses(spec), asks=asks)


def _name(spec: Any, name: str) -> str:
    value = required(spec, property_of(spec, name), f"Tác vụ dịch vụ thiếu {name}.")
    if not _NAME.fullmatch(value):
        raise about(spec, f"{name} chỉ gồm chữ thường không dấu, số và dấu gạch dưới.")
    return value


def _sends(spec: Any) -> Mapping[str, str]:
    said = spec.extensions.get("properties", {})
    sends = {
        name.removeprefix(SENDS): str(text) for name, text in said.items() if name.startswith(SENDS)
    }
    if not sends:
        raise about(spec, f"Tác vụ dịch vụ phải nêu gửi gì, ví dụ: {SENDS}owner = …")
    if len(sends) > MOST_SENT:
        raise about(spec, f"Tác vụ dịch vụ chỉ gửi được nhiều nhất {MOST_SENT} mục.")
    for name, expression in sends.items():
        _require_sendable(spec, name, expression)
    return sends


def _require_sendable(spec: Any, name: str, expression: str) -> None:
    if not _NAME.fullmatch(name):
        raise about(spec, f"Tên «{name}» chỉ gồm chữ thường không dấu, số và dấu gạch dưới.")
    try:
        check(expression)
    except ExpressionError as error:
        raise about(spec, str(error)) from error
