"""Opens what commands work on: the settings and the database they name."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from cli.failures import Refusal, Senseless
from engine.settings import Settings
from engine.store.database import Database
from engine.store.migrate import current, newest

KNOWN = ("sqlite", "postgresql")


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """The database of the settings, closed at the end; refused unless its schema is the newest."""
    with opened_unchecked(settings) as database:
        if current(database) != newest():
            raise Refusal(
                "Cơ sở dữ liệu chưa ở phiên bản mới nhất. Hãy chạy «motcua migrate» trước."
            )
        yield database


@contextmanager
def opened_unchecked(settings: Settings | None = None) -> Iterator[Database]:
    """The database of the settings, whatever is in it."""
    settings = settings or Settings.from_environment()
    if make_url(settings.database_url).get_backend_name() not in KNOWN:
        raise Senseless("MOTCUA_DATABASE_URL phải là địa chỉ SQLite hoặc PostgreSQL.")
    database = Database(settings.database_url, settings.pool_size)
    try:
        yield database
    finally:
        database.close()
