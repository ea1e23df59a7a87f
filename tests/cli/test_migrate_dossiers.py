"""`motcua migrate-dossiers`."""

import pytest

from engine.store import definitions
from engine.store.database import Database
from engine.verification import all_codes, verify_dossier
from tests.api.lives import Lives
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.diagrams import CODE
from tests.integration.migrations.planned import WHO, Desk
from tests.office import COMMUNE_1, Office

WORDS = ("migrate-dossiers", CODE, "--agency", COMMUNE_1, "--by", WHO, "--ground", "QĐ 12")
STEP = ("--step", "appraise=examine")


@pytest.fixture
def codes(office: Office, clock: FakeClock) -> list[str]:
    """Two dossiers of the old version; the new one is in force."""
    lives = Lives(office, clock)
    made = [lives.accepted().code, lives.signing().code]
    Desk(lives)
    return made


def test_it_is_tried_and_then_done(shell: Shell, codes: list[str], database: Database) -> None:
    tried = shell(*WORDS, *STEP, "--dry-run", "--json").json
    assert (tried["state"], tried["possible"], tried["left"]) == ("tried", 2, [])
    done = shell(*WORDS, *STEP, "--json").json
    assert (done["state"], done["done"]) == ("ended", 2)
    with database.reading() as tx:
        assert definitions.current_version(tx, CODE)
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None, None]


def test_what_cannot_go_over_is_listed(shell: Shell, codes: list[str]) -> None:
    ran = shell(*WORDS)
    assert ran.code == 0
    assert f"{codes[0]}: Không chuyển được hồ sơ {codes[0]} sang phiên bản này" in ran.out
    assert "đã xong" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--step", "appraise"), "mã bước cũ=mã bước mới"),
        (("--step", "appraise=nowhere"), "không có bước «nowhere»"),
        (("--to", "0" * 64), "0000"),
        (("--step", "a=b") * 201, "nhiều nhất 200 bước"),
    ],
)
def test_what_makes_no_sense_is_said(
    shell: Shell, codes: list[str], words: tuple[str, ...], said: str
) -> None:
    ran = shell(*WORDS, *words)
    assert ran.code
    assert said in ran.err
