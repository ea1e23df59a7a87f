"""Files go to the real clamd, which knows one virus; where it is not there, none is let in."""

from io import BytesIO

import pytest

from engine.errors.uploads import AntivirusUnavailable, FileInfected
from engine.files.antivirus import require_clean
from tests.clamd import EICAR, LONGEST, Clamd


def test_nobody_looks_where_there_is_no_antivirus() -> None:
    require_clean(BytesIO(EICAR), "an.pdf", "")


def test_a_clean_file(clamd: Clamd) -> None:
    file = BytesIO(b"%PDF-1.7" + bytes(200_000))
    require_clean(file, "an.pdf", clamd.path)
    assert file.tell() == 0


def test_a_virus(clamd: Clamd) -> None:
    with pytest.raises(FileInfected, match=r"«an\.pdf» có mã độc \(Eicar"):
        require_clean(BytesIO(EICAR), "an.pdf", clamd.path)


def test_over_the_network(clamd: Clamd) -> None:
    with pytest.raises(FileInfected):
        require_clean(BytesIO(EICAR), "an.pdf", clamd.port)


def test_what_is_too_long_for_clamd_is_not_let_in(clamd: Clamd) -> None:
    with pytest.raises(AntivirusUnavailable):
        require_clean(BytesIO(bytes(LONGEST + 1_000_000)), "an.pdf", clamd.path)


@pytest.mark.parametrize("nowhere", ["127.0.0.1:9", "/run/nothing/clamd.ctl"])
def test_an_antivirus_that_is_gone(nowhere: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AntivirusUnavailable):
        require_clean(BytesIO(b"an"), "an.pdf", nowhere)
    assert nowhere in caplog.text
