"""Facts of a procedure as its announcement decision gives them (`facts.toml`)."""

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bpmn.component import Component, read_component, read_validity
from bpmn.findings import refuse
from bpmn.steps import Paper, PauseCode
from bpmn.threshold import Threshold, levels
from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError

FILE = "facts.toml"
_SYMBOL = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9.&-]{0,19}")
SYMBOLS: Mapping[Paper, str] = {Paper.RESULT: "KQ", Paper.REFUSAL: "TB-UBND"}
"""What papers are marked with after their number where the procedure says nothing."""


class Online(StrEnum):
    """What may be done online of a procedure: all of it (toàn trình), or a part (một phần)."""

    END_TO_END = "end_to_end"
    PARTIAL = "partial"


MOST_PAUSES = 100
"""How often a procedure may allow one reason; no more is ever meant."""


@dataclass(frozen=True)
class PauseTerms:
    """How long and how often a procedure lets a dossier rest for one reason.

    What is None is as the office's rulebook has it.
    """

    limit: TimeLimit | None = None
    times: int | None = None


@dataclass(frozen=True)
class Facts:
    """What the national catalogue says of a procedure.

    `result_valid_for` is how long its result is good from the day of issue, None where for ever.
    `level` is the level of the agencies that decide on it, `also_at` names further ones; `unit`
    is the unit within them whose specialists work on it, None where any may.
    `near_due` and `pauses` (by reason) stand in the place of what the office's rulebook says;
    `near_due` None leaves the rulebook's levels, an empty one warns of nothing beforehand.
    `symbols` are what its papers are marked with after their number (`12/GKS`).

    `second_stage` is the limit of the second part where a procedure is received and answered in
    two; `certification`: the slip says how many pages and copies are to be certified. `online` is
    how far it is offered online, None where nobody has said.
    """

    code: str
    name: str
    field: str
    field_code: str | None
    level: str
    decision: str
    unit: str | None
    time_limit: TimeLimit
    start_rule: StartRule | None
    result_name: str
    result_code: str | None
    components: tuple[Component, ...]
    result_valid_for: TimeLimit | None = None
    near_due: tuple[Threshold, ...] | None = None
    pauses: Mapping[str, PauseTerms] = dataclasses.field(default_factory=dict)
    symbols: Mapping[Paper, str] = dataclasses.field(default_factory=lambda: SYMBOLS)
    also_at: tuple[str, ...] = ()
    second_stage: TimeLimit | None = None
    certification: bool = False
    online: Online | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of all agencies that decide on it."""
        return (self.level, *self.also_at)

    def component(self, code: str) -> Component | None:
        """The component with this code, if the procedure has it."""
        return next((c for c in self.components if c.code == code), None)


def parse_facts(text: str) -> Facts:
    """Read `facts.toml`; raises `ProcedureError` naming the fact that is missing or wrong."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(FILE, "toml", f"Tệp không đúng định dạng TOML: {error}") from error
    try:
        return _facts(raw)
    except (TypeError, ValueError) as error:
        raise refuse(FILE, "giá trị", f"Thông tin của thủ tục không hợp lệ: {error}") from error


def _facts(raw: Mapping[str, Any]) -> Facts:
    texts = ("code", "name", "field", "level", "decision", "result_name")
    rule = raw.get("start_rule")
    components = tuple(read_component(each, FILE) for each in raw.get("components", []))
    codes = [component.code for component in components]
    if double := next((code for code in codes if codes.count(code) > 1), None):
        raise refuse(FILE, double, "Mã thành phần hồ sơ bị trùng.")
    return Facts(
        **{name: _text(raw, name) for name in texts},
        field_code=_maybe(raw, "field_code"),
        unit=_maybe(raw, "unit"),
        result_code=_maybe(raw, "result_code"),
        time_limit=TimeLimit.parse(_text(raw, "time_limit")),
        start_rule=StartRule(rule) if rule else None,
        components=components,
        result_valid_for=read_validity(raw, "result_valid_for", FILE, "result_valid_for"),
        near_due=_near_due(raw),
        pauses={code: _terms(code, terms) for code, terms in _table(raw, "pauses").items()},
        also_at=_also_at(raw),
        second_stage=_second_stage(raw),
        certification=_certification(raw),
        online=_online(raw),
        symbols={**SYMBOLS, **dict(_symbols(_table(raw, "symbols")))},
    )


def _also_at(raw: Mapping[str, Any]) -> tuple[str, ...]:
    levels_ = raw.get("also_at", [])
    if not isinstance(levels_, list) or not all(isinstance(each, str) for each in levels_):
        raise refuse(FILE, "also_at", 'Phải là danh sách cấp, ví dụ: also_at = ["province"].')
    return tuple(levels_)


def _second_stage(raw: Mapping[str, Any]) -> TimeLimit | None:
    return TimeLimit.parse(_text(raw, "second_stage")) if "second_stage" in raw else None


def _certification(raw: Mapping[str, Any]) -> bool:
    said = raw.get("certification", False)
    if not isinstance(said, bool):
        raise refuse(FILE, "certification", "Chỉ nhận true hoặc false.")
    return said


def _online(raw: Mapping[str, Any]) -> Online | None:
    said = raw.get("online")
    if said is not None and said not in list(Online):
        message = f"Mức độ trực tuyến chỉ nhận một trong: {', '.join(Online)}."
        raise refuse(FILE, "online", message)
    return said and Online(said)


def _symbols(raw: Mapping[str, Any]) -> Iterator[tuple[Paper, str]]:
    for name, symbol in raw.items():
        if name not in list(Paper):
            raise refuse(FILE, f"symbols.{name}", f"Chỉ có ký hiệu của: {', '.join(Paper)}.")
        if not isinstance(symbol, str) or not _SYMBOL.fullmatch(symbol):
            message = 'Ký hiệu văn bản gồm chữ hoa, số và dấu gạch, ví dụ: result = "GCN-UBND".'
            raise refuse(FILE, f"symbols.{name}", message)
        yield Paper(name), symbol


def _near_due(raw: Mapping[str, Any]) -> tuple[Threshold, ...] | None:
    if "near_due" not in raw:
        return None
    try:
        return levels(raw["near_due"])
    except TimeLimitError as error:
        raise refuse(FILE, "near_due", str(error)) from error


def _terms(code: str, raw: Any) -> PauseTerms:
    element = f"pauses.{code}"
    if code not in list(PauseCode):
        known = ", ".join(PauseCode)
        raise refuse(FILE, element, f"Không có lý do tạm dừng này. Hãy chọn trong: {known}.")
    if not isinstance(raw, dict) or not raw or set(raw) - {"limit", "times"}:
        raise refuse(FILE, element, "Mục này chỉ có limit (thời hạn) và times (số lần).")
    return PauseTerms(_limit(raw, element), _times(raw, element))


def _limit(raw: Mapping[str, Any], element: str) -> TimeLimit | None:
    if "limit" not in raw:
        return None
    try:
        limit = TimeLimit.parse(raw["limit"]) if isinstance(raw["limit"], str) else None
    except TimeLimitError as error:
        raise refuse(FILE, f"{element}.limit", str(error)) from error
    if limit is None or not limit.amount:
        message = 'Thời hạn tạm dừng phải lớn hơn không, ví dụ: limit = "30 days".'
        raise refuse(FILE, f"{element}.limit", message)
    return limit


def _times(raw: Mapping[str, Any], element: str) -> int | None:
    if "times" not in raw:
        return None
    times = raw["times"]
    if type(times) is not int or not 1 <= times <= MOST_PAUSES:
        message = f"Số lần tạm dừng phải là số nguyên từ 1 đến {MOST_PAUSES}."
        raise refuse(FILE, f"{element}.times", message)
    return times


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name, {})
    if not isinstance(table, dict):
        raise refuse(FILE, name, f"Phải là các bảng, ví dụ: [{name}.bo_sung_ho_so].")
    return table


def _maybe(raw: Mapping[str, Any], name: str) -> str | None:
    return _text(raw, name) if name in raw else None


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        raise refuse(FILE, name, "Thiếu thông tin này của thủ tục.")
    if not isinstance(value, str) or not value.strip():
        raise refuse(FILE, name, "Thông tin này phải là chữ, đặt trong dấu ngoặc kép.")
    return value
