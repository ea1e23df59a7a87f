"""A folder to make documents in."""

from pathlib import Path

import pytest

from tests.unit.scans.making import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
