"""`motcua rulebook`: printed as a file to edit, checked, and put in force."""

import tomllib
from pathlib import Path

import pytest

from engine.life.rulebook import standard_rulebook
from engine.queries.rulebooks import rulebook_in_force
from engine.store.database import Database
from tests.api.lives import contents
from tests.cli.conftest import Shell
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office


@pytest.fixture
def file(bare_shell: Shell, tmp_path: Path) -> Path:
    """The shipped rulebook, one entry of it changed, as a file."""
    path = tmp_path / "bo_quy_tac.toml"
    shown = bare_shell("rulebook", "show").out
    path.write_text(shown.replace('limit = "30 days"', 'limit = "20 days"', 1), encoding="utf-8")
    return path


def test_what_is_shown_can_be_read_again(bare_shell: Shell) -> None:
    ran = bare_shell("rulebook", "show")
    assert tomllib.loads(ran.out) == standard_rulebook()
    assert ran.out.startswith('[pauses.bo_sung_ho_so]\nname = "Bổ sung hồ sơ"\n')
    assert bare_shell("rulebook", "show", "--json").json == standard_rulebook()


def test_a_file_is_checked(bare_shell: Shell, file: Path) -> None:
    ran = bare_shell("rulebook", "check", str(file))
    assert ran.code == 0
    assert "9 lý do tạm dừng, 6 nguyên nhân quá hạn" in ran.out


def test_it_is_put_in_force(office: Office, shell: Shell, database: Database, file: Path) -> None:
    published = shell("rulebook", "publish", str(file), "--agency", COMMUNE_1, "--json").json
    assert (published["changed"], published["agencies"]) == (True, [COMMUNE_1])
    with database.reading() as tx:
        found = rulebook_in_force(tx, COMMUNE_1)
        other = rulebook_in_force(tx, COMMUNE_2)
    assert found.digest == published["digest"]
    assert found.since is not None
    assert found.published_by is None
    assert found.document["pauses"]["bo_sung_ho_so"]["limit"] == "20 days"
    assert other.document == standard_rulebook()
    shown = shell("rulebook", "show", "--agency", COMMUNE_1)
    assert tomllib.loads(shown.out) == found.document
    everywhere = shell("rulebook", "publish", str(file))
    assert f"{PROVINCE}, {COMMUNE_2}." in everywhere.out
    assert "Không thay đổi" in shell("rulebook", "publish", str(file)).out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('policy = "RESET"', 'policy = "SOMETIMES"', "pauses.bo_sung_ho_so.policy"),
        ("times = 1", "times = true", "pauses.bo_sung_ho_so.times"),
        ("times = 1", "times = nan", "pauses.bo_sung_ho_so.times"),
        ("[extension]", "[extensions]", "«extensions»"),
        ("[extension]", "[extension", "TOML"),
        ("times = 1", f"times = {'9' * 5_000}", "TOML"),
        ("times = 1", f"times = {'[' * 5_000}", "TOML"),
        ("times = 1", f"# {'x' * 1_000_000}", "quá lớn"),
        ("name", "\udcff", "TOML"),
    ],
)
def test_a_wrong_file_is_told_in_words_and_changes_nothing(
    office: Office, shell: Shell, database: Database, file: Path, old: str, new: str, said: str
) -> None:
    before = contents(database)
    text = file.read_text(encoding="utf-8").replace(old, new, 1)
    file.write_bytes(text.encode(errors="surrogateescape"))
    for command in ("check", "publish"):
        ran = shell("rulebook", command, str(file))
        assert ran.code == 2
        assert ran.err.startswith("Lỗi: ")
        assert said in ran.err
    assert contents(database) == before


def test_an_unknown_agency_or_file_is_told_in_words(
    office: Office, shell: Shell, file: Path, tmp_path: Path
) -> None:
    for words in (
        ("show", "--agency", "H99"),
        ("publish", str(file), "--agency", "H99"),
        ("publish", str(tmp_path / "none.toml")),
        ("check", str(tmp_path)),
    ):
        ran = shell("rulebook", *words)
        assert ran.code == 2
        assert ran.err.startswith("Lỗi: ")


def test_without_any_agency_there_is_nobody_to_publish_for(
    database: Database, shell: Shell, file: Path
) -> None:
    ran = shell("rulebook", "publish", str(file))
    assert ran.code == 2
    assert "Không có cơ quan nào." in ran.err
