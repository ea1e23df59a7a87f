"""Random lives on both databases: after every act everything fits together."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import FURNISHED, PostgresSource, SqliteSource
from tests.integration.portal.lives import LivesTold

STEPS = 40


def test_random_lives_on_sqlite(sqlite_source: SqliteSource) -> None:
    class OnSqlite(LivesTold):
        opened = staticmethod(lambda: sqlite_source.fresh(FURNISHED))

    lives = settings(max_examples=settings().max_examples // 2, stateful_step_count=STEPS)
    run_state_machine_as_test(OnSqlite, settings=lives)


def test_random_lives_on_postgresql(postgres_source: PostgresSource) -> None:
    class OnPostgres(LivesTold):
        opened = staticmethod(lambda: postgres_source.fresh(FURNISHED))

    lives = settings(max_examples=settings().max_examples // 10, stateful_step_count=STEPS)
    run_state_machine_as_test(OnPostgres, settings=lives)
