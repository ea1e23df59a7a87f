"""`motcua scans --once` makes what waits, and says how it went."""

import pytest

from engine.files import FileStore
from tests.api.lives import Lives
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.office import Office
from tests.scanned import Scanner


@pytest.fixture
def scanner(office: Office, clock: FakeClock, files: FileStore) -> Scanner:
    """An officer who brings files."""
    return Scanner(Lives(office, clock), files)


def test_what_waits_is_made_once(
    shell: Shell, scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # without OCR, which takes seconds
    dossier = scanner.lives.accepted()
    scanner.scan(dossier)
    scanner.scan(dossier, b"not a picture")
    ran = shell("scans", "--once", "--json")
    assert ran.json == {"made": 1, "postponed": 0, "failed": 1, "lost": 0, "returned": 0}
    assert "Đã tạo 0" in shell("scans", "--once").out
    assert len(scanner.lives.now(dossier).documents) == 1
