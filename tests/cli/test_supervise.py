"""`motcua supervise`."""

from engine.model.standing import Standing
from engine.store.database import Database
from engine.wallclock import wall_clock
from tests.cli.conftest import Shell
from tests.integration.scheduler.lives import submit
from tests.office import COMMUNE_1, COMMUNE_2, Office


def test_figures_and_a_group(office: Office, database: Database, shell: Shell) -> None:
    made = submit(office, 3, wall_clock())
    ran = shell("supervise", "--as", "control1", "--by", "procedure", "--json")
    assert ran.err == ""
    counts = ran.json
    assert counts["total"] == 3
    assert counts["counts"] == {s.value: 3 if s is Standing.ON_TRACK else 0 for s in Standing}
    assert [group["key"] for group in counts["groups"]] == ["9.000001"]
    assert "Trong hạn" in shell("supervise", "--as", "control1").out
    listed = ("supervise", "--as", "control1", "--group", "on_track")
    assert sorted(item["code"] for item in shell(*listed, "--json").json) == sorted(
        dossier.code for dossier in made
    )
    assert "3 hồ sơ." in shell(*listed).out
    assert shell(*listed, "--agency", COMMUNE_2, "--json").json == []
    assert len(shell(*listed, "--agency", COMMUNE_1, "--json").json) == 3


def test_only_supervisors(office: Office, shell: Shell) -> None:
    assert shell("supervise", "--as", "office1").code == 1
    assert "giám sát hồ sơ" in shell("supervise", "--as", "office1").err
    assert shell("supervise", "--as", "nobody").code == 2
