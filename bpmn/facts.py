"""Facts of a procedure as its announcement decision gives them (`facts.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from bpmn.findings import refuse
from bpmn.threshold import Threshold
from bpmn.time_limit import StartRule, TimeLimit

FILE = "facts.toml"


@dataclass(frozen=True)
class Component:
    """A paper of the dossier: how many originals and copies, when, and whence else it may come."""

    code: str
    name: str
    originals: int = 0
    copies: int = 0
    required: bool = True
    condition: str | None = None
    obtainable_from: str | None = None
    present_only: bool = False


@dataclass(frozen=True)
class PauseTerms:
    """What the law of a procedure says of one reason to pause: how long, and how often."""

    limit: TimeLimit | None = None
    times: int | None = None


@dataclass(frozen=True)
class Facts:
    """What the national catalogue says of a procedure."""

    code: str
    name: str
    field: str
    field_code: str
    level: str
    decision: str
    unit: str
    time_limit: TimeLimit
    start_rule: StartRule | None
    result_name: str
    result_code: str
    components: tuple[Component, ...]
    near_due: tuple[Threshold, ...] | None = None
    pauses: Mapping[str, PauseTerms] = dataclass_field(default_factory=dict)

    def component(self, code: str) -> Component | None:
        """The component with this code, if the procedure has it."""
        return next((c for c in self.components if c.code == code), None)


def parse_facts(text: str) -> Facts:
    """Read `facts.toml`; raises `ProcedureError` naming the fact that is missing or wrong."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(FILE, "toml", f"Tệp không đúng định dạng TOML: {error}") from error
    try:
        return _facts(raw)
    except (TypeError, ValueError) as error:
        raise refuse(FILE, "giá trị", f"Thông tin của thủ tục không hợp lệ: {error}") from error


def _facts(raw: Mapping[str, Any]) -> Facts:
    texts = ("code", "name", "field", "field_code", "level", "decision", "unit")
    rule = raw.get("start_rule")
    components = tuple(_component(component) for component in raw.get("components", []))
    codes = [component.code for component in components]
    if double := next((code for code in codes if codes.count(code) > 1), None):
        raise refuse(FILE, double, "Mã thành phần hồ sơ bị trùng.")
    return Facts(
        **dict[str, Any]((name, _text(raw, name)) for name in texts),
        time_limit=TimeLimit.parse(_text(raw, "time_limit")),
        start_rule=StartRule(rule) if rule else None,
        result_name=_text(raw, "result_name"),
        result_code=_text(raw, "result_code"),
        components=components,
    )


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        raise refuse(FILE, name, "Thiếu thông tin này của thủ tục.")
    if not isinstance(value, str) or not value.strip():
        raise refuse(FILE, name, "Thông tin này phải là chữ, đặt trong dấu ngoặc kép.")
    return value


def _component(raw: Any) -> Component:
    component = Component(**raw)
    texts = (component.code, component.name)
    maybe = (component.condition, component.obtainable_from)
    counts = (component.originals, component.copies)
    if not (
        all(isinstance(text, str) for text in texts)
        and all(text is None or isinstance(text, str) for text in maybe)
        and all(isinstance(count, int) and count >= 0 for count in counts)
    ):
        raise refuse(FILE, str(component.code), "Tên phải là chữ, số bản phải là số không âm.")
    return component
