"""How statements are written, bank by bank: data that an office may add to."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors.statements import StatementFormatUnknown
from engine.model.payment import Means
from engine.model.plain_text import plain
from engine.settings import Settings, SettingsError

COLUMNS = frozenset({"order", "reference", "at", "credit", "debit", "amount", "text"})
_FORMATS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Format:
    """A way to write statements: what the columns are called (plain text → our name), how moments
    are written, and with which words a line begins that ends the lines.

    `gateway`: lines name our own reference of an attempt.
    """

    code: str
    name: str
    gateway: bool
    columns: Mapping[str, str]
    moments: tuple[str, ...]
    ends: tuple[str, ...]

    @property
    def means(self) -> Means:
        """By what means the money of its lines came in."""
        return Means.VNPAY if self.gateway else Means.TRANSFER


def formats(settings: Settings) -> dict[str, Format]:
    """Every format: those that are shipped, and those of the office's own file.

    Raises `SettingsError` where that file cannot be used.
    """
    own = settings.statement_formats
    return _read(_FORMATS) | (_read(Path(own)) if own else {})


def format_of(settings: Settings, code: str) -> Format:
    """One format; raises `StatementFormatUnknown`."""
    found = formats(settings)
    if code not in found:
        raise StatementFormatUnknown(format=code, known=", ".join(found))
    return found[code]


@cache
def _read(path: Path) -> dict[str, Format]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return {code: _format(code, each) for code, each in raw.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"MOTCUA_STATEMENT_FORMATS: không dùng được tệp {path.name}: {error}"
        raise SettingsError(message) from error


def _format(code: str, raw: Mapping[str, Any]) -> Format:
    columns = {plain(name): column for column, names in raw["columns"].items() for name in names}
    named = set(columns.values())
    if not named <= COLUMNS or not {"reference", "at"} <= named:
        raise ValueError(f"{code}: cột phải trong {', '.join(sorted(COLUMNS))}")
    if not {"credit", "amount"} & named or ("order" in named) != bool(raw["gateway"]):
        raise ValueError(f"{code}: thiếu cột số tiền, hoặc cột order không đúng loại")
    return Format(
        code,
        raw["name"],
        raw["gateway"],
        columns,
        tuple(raw["moments"]),
        tuple(plain(word) for word in raw.get("ends", ())),
    )
