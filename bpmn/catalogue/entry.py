"""What a row of the catalogue says of a procedure, once it is understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bpmn.time_limit import TimeLimit


class Level(StrEnum):
    """Level of the agencies that decide on a procedure."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


LEVEL_NAMES = {
    "Cấp xã": Level.COMMUNE,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp bộ": Level.MINISTRY,
    "Cơ quan khác": Level.OTHER,
}
"""As the catalogue writes them, the one nearest to citizens first."""


class Standing(StrEnum):
    """Where a procedure stands in its life (Decree 63/2010/NĐ-CP, Art. 13–15)."""

    ANNOUNCED = "announced"
    LOCALISED = "localised"
    AMENDED = "amended"
    REPEALED = "repealed"


STANDING_NAMES = {
    Standing.ANNOUNCED: "Đã công bố",
    Standing.LOCALISED: "Đã địa phương hóa",
    Standing.AMENDED: "Được sửa đổi, bổ sung",
    Standing.REPEALED: "Bị bãi bỏ",
}


@dataclass(frozen=True, order=True)
class Remark:
    """What is left for a person: of which procedure, which field, its text, and why.

    `code` is empty where the row has none that can be read.
    """

    code: str
    field: str
    text: str
    reason: str


@dataclass(frozen=True)
class Fee:
    """What is to be paid, in đồng; None where a person has to say, from the `words` given."""

    amount: int | None
    words: str


@dataclass(frozen=True)
class Sheet:
    """A paper to hand in; without counts it is only told, as the catalogue words it."""

    name: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Entry:
    """A procedure that can be carried out. `levels` has the one nearest to citizens first."""

    code: str
    name: str
    decision: str
    field: str
    levels: tuple[Level, ...]
    time_limit: TimeLimit
    fee: Fee
    sheets: tuple[Sheet, ...]
    result_name: str | None
    result_code: str | None
    coordinating: str


@dataclass(frozen=True)
class Row:
    """One procedure of a file as found: where, its values, or what keeps it from being read."""

    number: int
    values: Mapping[str, Any]
    remarks: tuple[Remark, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Reading:
    """A row understood: what it says of the procedure, None where it is left whole.

    `row` is what was read, and `standing` what it says of its life, None where it says nothing.
    """

    row: Row
    code: str
    entry: Entry | None
    remarks: tuple[Remark, ...]
    standing: Standing | None = None
