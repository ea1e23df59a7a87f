"""Fee tables: the one shape in which decision tables say what is to be paid.

A table whose outputs include `fee` (phí) or `charge` (lệ phí) is one. Amounts are whole đồng;
`ground` is the legal ground, `relief` that of an exemption or reduction (empty where there is
none).
"""

from collections.abc import Mapping
from typing import Any

from bpmn.decisions import DecisionTable

MONEY = ("fee", "charge")
GROUND, RELIEF = "ground", "relief"
MOST = 10_000_000_000
"""No fee or charge comes near so many đồng."""


def is_fee_table(table: DecisionTable) -> bool:
    """Whether a table says what is to be paid."""
    return bool(set(MONEY) & set(table.outputs))


def amounts(outputs: Mapping[str, Any]) -> dict[str, int]:
    """The amounts that a fee table gave, by `fee` and `charge`; raises `ValueError` for one that
    is not a whole number of đồng from 0 on."""
    found = {name: outputs[name] for name in MONEY if name in outputs}
    for name, amount in found.items():
        if type(amount) is not int or not 0 <= amount <= MOST:
            raise ValueError(f"{name} phải là số đồng nguyên, không âm (đang là {amount!r})")
    return found
