"""What a scheduler process tells Prometheus: how long ticks take, what was fired, and how late.

What concerns all schedulers together (the queue, dead timers, whether any of them ticks) is
told by the API, which still answers when no scheduler runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from time import monotonic
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from engine.store.timers import DueTimer
from notifications.tick import Shot

SECONDS = (0.01, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
LATE_SECONDS = (0.25, 0.5, 1.0, 1.5, 2.0, 5.0, 10.0, 60.0, 600.0, 3600.0)


class SchedulerMetrics:
    """The figures of one scheduler process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._ticks = Histogram(
            "motcua_tick_seconds", "Time of a tick", buckets=SECONDS, registry=self.registry
        )
        self._failed_ticks = Counter(
            "motcua_ticks_failed", "Ticks that ended in an error", registry=self.registry
        )
        self._shots = Counter(
            "motcua_timers", "Timers by what came of them", ("kind", "outcome"),
            registry=self.registry,
        )  # fmt: skip
        self._lateness = Histogram(
            "motcua_timer_lateness_seconds", "From a timer's moment to its commit", ("kind",),
            buckets=LATE_SECONDS, registry=self.registry,
        )  # fmt: skip

    @contextmanager
    def tick(self) -> Iterator[None]:
        """Time one tick."""
        began = monotonic()
        try:
            yield
        except Exception:
            self._failed_ticks.inc()
            raise
        finally:
            self._ticks.observe(monotonic() - began)

    def shot(self, timer: DueTimer, shot: Shot, late: timedelta) -> None:
        """Count what came of a claimed timer."""
        self._shots.labels(timer.kind.value, shot.value).inc()
        if shot is Shot.FIRED:
            self._lateness.labels(timer.kind.value).observe(late.total_seconds())

    def shown(self, host: str, port: int) -> "Shown":
        """Show the figures over HTTP until closed; raises `OSError` for a port in use."""
        return Shown(*start_http_server(port, host, self.registry))


class Shown:
    """Figures that are being shown."""

    def __init__(self, server: WSGIServer, thread: Thread) -> None:
        self._server, self._thread = server, thread

    def close(self) -> None:
        """Show them no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
