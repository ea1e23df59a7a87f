"""`motcua bench` measures what it says, with numbers too small to mean anything."""

from pathlib import Path

from sqlalchemy.engine import make_url

from cli.bench.command import PARTS, Sizes, measured
from cli.bench.databases import Ground
from cli.bench.lateness import Rush
from engine.store.database import Database
from tests.cli.conftest import Shell
from tests.databases import EMPTY, PostgresSource
from tests.integration.scheduler.lives import submit
from tests.office import Office

TINY = Sizes(
    lives=1,
    pairs=1,
    mass=100,
    rounds=5,
    signed=2,
    messages=20,
    year=80,
    rush=Rush(open=60, due=8, seconds=2),
)


def names(url: str, *parts: str) -> list[str]:
    """The first words of each line of the report."""
    results = list(measured(Ground(make_url(url)), TINY, parts, lambda said: None))
    assert all(result.value_ms > 0 and result.ratio > 0 for result in results)
    return [" ".join(result.name.split()[:2]) for result in results]


def test_every_part_on_sqlite(tmp_path: Path) -> None:
    assert names(f"sqlite:///{tmp_path}/bench.db", *PARTS) == [
        "complete a", "complete a", "complete at", "fire a", "verify a",
        "find a", "find a", "list of", "list of", "find a",
        "search of", "search through", "list of", "list through",
        "inbox page", "inbox as", "search found", "search found", "sign a", "sign a", "drain a",
        "tick, none", "lateness, p50", "lateness, p99", "lateness, maximum",
        "try to", "migrate a", "verify a",
        *["II.06a of"] * 4, *["II.06b of"] * 4, *["II.06c of"] * 4,
    ]  # fmt: skip


def test_timers_on_postgresql(postgres_source: PostgresSource) -> None:
    with postgres_source.fresh(EMPTY) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        assert len(names(url, "ticks", "lateness")) == 4


def test_a_database_with_dossiers_is_left_alone(
    office: Office, database: Database, bare_shell: Shell
) -> None:
    submit(office)
    url = database.engine.url.render_as_string(hide_password=False)
    ran = bare_shell("bench", "--part", "verification", "--database", url)
    assert ran.code == 2
    assert "đã có hồ sơ" in ran.err
