"""Facts of a procedure as its announcement decision gives them (`facts.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.findings import ProcedureError, refuse
from bpmn.time_limit import StartRule, TimeLimit, TimeLimitError

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

    def component(self, code: str) -> Component | None:
        """The component with this code, if the procedure has it."""
        return next((c for c in self.components if c.code == code), None)


def parse_facts(text: str) -> Facts:
    """Read `facts.toml`; raises `ProcedureError` naming the fact that is missing or wrong."""
    try:
        raw = tomllib.loads(text)
        return _facts(raw)
    except tomllib.TOMLDecodeError as error:
        raise refuse(FILE, "toml", f"Tệp không đúng định dạng TOML: {error}") from error
    except KeyError as error:
        raise refuse(FILE, str(error.args[0]), "Thiếu thông tin này của thủ tục.") from error
    except (TypeError, ValueError, TimeLimitError) as error:
        if isinstance(error, ProcedureError):
            raise
        raise refuse(FILE, "giá trị", f"Thông tin của thủ tục không hợp lệ: {error}") from error


def _facts(raw: Mapping[str, Any]) -> Facts:
    names = ("code", "name", "field", "field_code", "level", "decision", "unit")
    rule = raw.get("start_rule")
    return Facts(
        **{name: str(raw[name]) for name in names},
        time_limit=TimeLimit.parse(raw["time_limit"]),
        start_rule=StartRule(rule) if rule else None,
        result_name=str(raw["result_name"]),
        result_code=str(raw["result_code"]),
        components=tuple(Component(**component) for component in raw.get("components", [])),
    )
