"""`motcua serve`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from api.site import behind_proxies, create_site
from cli.logs import log_settings
from cli.opening import opened
from engine.settings import Settings
from engine.store.database import Database
from engine.wallclock import wall_clock

THREADS = 8
_MEMORY = Path("/dev/shm")  # noqa: S108


@click.command()
@click.option("--host", help="Địa chỉ lắng nghe; mặc định theo MOTCUA_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng; mặc định theo MOTCUA_PORT.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Số tiến trình; mặc định 2, với SQLite là 1."
)
@click.option("--threads", type=click.IntRange(1, 256), default=THREADS, show_default=True,
              help="Số luồng mỗi tiến trình.")  # fmt: skip
def serve(host: str | None, port: int | None, workers: int | None, threads: int) -> None:
    """Chạy máy chủ REST (serve the API until told to end)."""
    settings = Settings.from_environment()
    with opened(settings) as database:
        is_sqlite = database.is_sqlite
    if is_sqlite and workers is not None and workers > 1:
        raise click.UsageError("SQLite chỉ dùng với một tiến trình; hãy tăng --threads.")
    address = f"{host or settings.host}:{port or settings.port}"
    Server(settings, address, workers or (1 if is_sqlite else 2), threads).run()


class Server(BaseApplication):
    """gunicorn with threads; every worker process opens a database of its own."""

    def __init__(self, settings: Settings, address: str, workers: int, threads: int) -> None:
        self._settings = settings
        self._options = {
            "bind": address,
            "worker_class": "gthread",
            "workers": workers,
            "threads": threads,
            "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
            "control_socket_disable": True,
            "logconfig_dict": log_settings(settings.log_level),
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application of one worker process."""
        database = Database(self._settings.database_url, self._settings.pool_size)
        site = create_site(self._settings, database, wall_clock)
        return behind_proxies(site, self._settings.proxies)
