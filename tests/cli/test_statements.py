"""`motcua statement import`."""

from pathlib import Path

import pytest

from engine.model.obligation import ObligationStatus
from engine.store.database import Database
from engine.verification import all_codes, verify_dossier
from tests.api.lives import Lives
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office
from tests.paying import AMOUNT, key_of, obligation, owing

HEADINGS = "Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Nội dung"
WORDS = ("statement", "import")


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    return Lives(office, clock)


def test_a_transfer_pays_what_its_key_names_and_a_repeat_does_nothing(
    shell: Shell, lives: Lives, database: Database, tmp_path: Path
) -> None:
    dossier = owing(lives)
    file = tmp_path / "sao-ke.csv"
    paid = f"06/07/2026 10:00,FT1,,{AMOUNT},{key_of(lives, dossier)} nop thue"
    file.write_text(f"{HEADINGS}\n{paid}\n06/07/2026 11:00,FT2,,5000,chuc mung\n", "utf-8")
    first = shell(*WORDS, str(file), "--agency", COMMUNE_1, "--json").json
    assert (first["settled"]["lines"], first["difference"]["lines"]) == (1, 1)
    assert obligation(lives, dossier).status is ObligationStatus.PAID
    again = shell(*WORDS, str(file), "--agency", COMMUNE_1, "--json").json
    assert (again["settled"]["lines"], again["repeated"]["lines"]) == (0, 2)
    with database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "Không đọc được tệp"), (b"\0\1\2", ""), (b"a,b\n1,2\n", "")],
)
def test_what_is_no_statement_is_said(
    shell: Shell, lives: Lives, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "la.csv"
    if content is not None:
        file.write_bytes(content)
    ran = shell(*WORDS, str(file), "--agency", COMMUNE_1)
    assert ran.code
    assert said in ran.err
    assert "Traceback" not in ran.err
