"""What browsers send as an arrangement."""

from math import nan
from typing import Any

import pytest

from engine.errors import EngineError
from engine.scans.arrangement import (
    MOST_PAGES,
    Box,
    PlacedPage,
    arrangement_json,
    read_arrangement,
)

CROP = {"left": 0.1, "top": 0, "right": 1, "bottom": 0.5}


def test_it_comes_back_as_it_was() -> None:
    arrangement = (PlacedPage(1, 3, 270, Box(0.1, 0, 1, 0.5)), PlacedPage(0, 0))
    assert read_arrangement(arrangement_json(arrangement), sources=2) == arrangement


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "scan_empty"),
        ([{"source": 0, "page": 0}] * (MOST_PAGES + 1), "scan_too_long"),
        ([{"source": 1, "page": 0}], "arrangement_invalid"),
        ([{"source": -1, "page": 0}], "arrangement_invalid"),
        ([{"source": True, "page": 0}], "arrangement_invalid"),
        ([{"source": 0, "page": "1"}], "arrangement_invalid"),
        ([{"source": 0, "page": -1}], "arrangement_invalid"),
        ([{"source": 0, "page": 0, "rotation": 45}], "arrangement_invalid"),
        ([{"source": 0, "page": 0, "crop": {"left": 0}}], "arrangement_invalid"),
        ([{"source": 0, "page": 0, "crop": {**CROP, "right": 1.1}}], "arrangement_invalid"),
        ([{"source": 0, "page": 0, "crop": {**CROP, "right": 0.1}}], "arrangement_invalid"),
        ([{"source": 0, "page": 0, "crop": {**CROP, "top": nan}}], "arrangement_invalid"),
    ],
)
def test_nonsense_is_refused(rows: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(EngineError) as refused:
        read_arrangement(rows, sources=1)
    assert refused.value.code == code
