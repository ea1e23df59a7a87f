"""Papers of a dossier, and what of the vault may stand in for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.findings import refuse
from bpmn.time_limit import TimeLimit, TimeLimitError, Unit

_TYPE = re.compile(r"[A-Za-z0-9._-]{1,64}(:[A-Za-z0-9._-]{1,64})?")
_BY_DATE = (Unit.DAYS, Unit.MONTHS)


@dataclass(frozen=True)
class Component:
    """A paper of the dossier: how many originals and copies, when, and whence else it may come.

    One that was handed in before serves again unless it is not `reusable`. `fulfilled_by` names
    what else serves: results by their code (`KQ.G15.000031`), papers of other procedures as
    `<procedure>:<component>`. `valid_for` is how long it is good from the day it was handed in,
    None where for ever.
    """

    code: str
    name: str
    originals: int = 0
    copies: int = 0
    required: bool = True
    condition: str | None = None
    obtainable_from: str | None = None
    present_only: bool = False
    reusable: bool = True
    fulfilled_by: tuple[str, ...] = ()
    valid_for: TimeLimit | None = None


def read_component(raw: Mapping[str, Any], file: str) -> Component:
    """A component out of a procedure's facts; raises `ProcedureError` naming what is wrong."""
    given = dict(**raw)
    code = str(given.get("code"))
    typed = {
        "fulfilled_by": _types(given.get("fulfilled_by", []), file, code),
        "valid_for": read_validity(given, "valid_for", file, code),
    }
    component = Component(**{**given, **typed})
    texts = (component.code, component.name)
    maybe = (component.condition, component.obtainable_from)
    counts = (component.originals, component.copies)
    if not (
        all(isinstance(text, str) for text in texts)
        and all(text is None or isinstance(text, str) for text in maybe)
        and all(isinstance(count, int) and count >= 0 for count in counts)
        and isinstance(component.reusable, bool)
    ):
        raise refuse(file, code, "Tên phải là chữ, số bản phải là số không âm.")
    return component


def read_validity(raw: Mapping[str, Any], name: str, file: str, element: str) -> TimeLimit | None:
    """How long something is good, by date; raises `ProcedureError`."""
    if name not in raw:
        return None
    try:
        limit = TimeLimit.parse(raw[name]) if isinstance(raw[name], str) else None
    except TimeLimitError as error:
        raise refuse(file, element, str(error)) from error
    if limit is None or limit.unit not in _BY_DATE:
        raise refuse(file, element, 'Thời gian có giá trị phải ghi như: valid_for = "6 months".')
    return limit


def _types(raw: Any, file: str, code: str) -> tuple[str, ...]:
    known = isinstance(raw, list) and all(
        isinstance(each, str) and _TYPE.fullmatch(each) for each in raw
    )
    if not known:
        message = (
            "fulfilled_by là danh sách mã kết quả (KQ.G15.000031) hoặc thành phần của thủ tục khác"
            " (1.001193:birth_notice)."
        )
        raise refuse(file, code, message)
    return tuple(raw)
