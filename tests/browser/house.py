"""The site as a real server on this machine, over a furnished office."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from api.site import create_site
from engine.files import FileStore
from engine.settings import Settings
from engine.store.database import Database
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office

SETTINGS = Settings(secret_key="khóa của bài kiểm tra")


class House:
    """Where the browser goes, and the office behind it."""

    def __init__(self, url: str, database: Database, clock: FakeClock, settings: Settings) -> None:
        self.url = url
        self.settings = settings
        self.trust = Path(settings.trust_roots)
        self.database = database
        self.clock = clock
        self.office = Office(database)
        self.files = FileStore.of(settings)
        self.lives = Lives(self.office, clock, self.files)


class Quiet(WSGIRequestHandler):
    """Answers without a word on the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Requests are not told."""


@contextmanager
def served(
    database: Database, clock: FakeClock, settings: Settings = SETTINGS, port: int = 0
) -> Iterator[House]:
    """A server with threads, while the block lasts. Files, and trusted roots unless the settings
    name others, lie beside the database."""
    path = Path(database.engine.url.database or "")
    trust = Path(settings.trust_roots or path.with_suffix(".trust"))
    trust.mkdir(exist_ok=True)
    here = replace(settings, database_url=f"sqlite:///{path}", trust_roots=str(trust))
    site = create_site(here, database, clock)
    server = make_server("127.0.0.1", port, site, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield House(f"http://127.0.0.1:{server.server_port}", database, clock, here)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
