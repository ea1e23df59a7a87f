"""Figures for Prometheus: requests, which each application counts for itself, and punctuality.

The latter is read from the database when asked for, so that every process tells the same.
"""

import math
import time
from collections.abc import Iterator
from datetime import datetime

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from api.services import services
from engine.model.circuit import CircuitState
from engine.queries.channels import ChannelItem, channels
from engine.queries.portal import signs
from engine.queries.timers import punctuality

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class PunctualityCollector(Collector):
    """How the schedulers keep up. Without a database there is only the gauge that says so."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges as they stand."""
        try:
            with services().database.reading() as tx:
                now = services().clock()
                found, ways = punctuality(tx, now), channels(tx, now)
                portal = signs(tx, services().clock())
        except (DBAPIError, PoolExhausted):
            yield GaugeMetricFamily("motcua_database_up", "Whether the database answers", 0)
            return
        silence = math.inf if found.silence is None else found.silence
        yield GaugeMetricFamily("motcua_database_up", "Whether the database answers", 1)
        yield GaugeMetricFamily("motcua_timers_due", "Timers due and not fired", found.due)
        yield GaugeMetricFamily(
            "motcua_timers_oldest_due_seconds", "Age of the oldest of them", found.oldest_due
        )
        yield GaugeMetricFamily(
            "motcua_timers_waiting_retry", "Timers that failed, to be retried", found.waiting_retry
        )
        yield GaugeMetricFamily("motcua_timers_dead", "Timers waiting for a person", found.dead)
        yield GaugeMetricFamily(
            "motcua_scheduler_silence_seconds", "Since any scheduler ticked", silence
        )
        yield GaugeMetricFamily(
            "motcua_portal_waiting_seconds",
            "For how long the portal has not taken what waits longest",
            portal.waiting_seconds,
        )
        yield GaugeMetricFamily(
            "motcua_portal_refused", "Dossiers whose message the portal refused", portal.refused
        )
        yield from _of_channels(ways, now)


def _of_channels(ways: list[ChannelItem], now: datetime) -> Iterator[GaugeMetricFamily]:
    """What waits to leave by each channel, and whether it can."""
    labels = ("channel",)
    due = GaugeMetricFamily("motcua_messages_due", "Messages due and not sent", labels=labels)
    oldest = GaugeMetricFamily(
        "motcua_messages_oldest_due_seconds", "For how long the oldest has been due", labels=labels
    )
    dead = GaugeMetricFamily("motcua_messages_dead", "Messages that gave up", labels=labels)
    state = GaugeMetricFamily(
        "motcua_channel_circuit", "0 closed, 1 tried with one message, 2 open", labels=labels
    )
    for way in ways:
        name, since = [way.channel.value], way.oldest_due
        due.add_metric(name, way.due)
        oldest.add_metric(name, (now - since).total_seconds() if since else 0.0)
        dead.add_metric(name, way.failed)
        state.add_metric(name, _CIRCUITS[way.state])
    yield from (due, oldest, dead, state)


_CIRCUITS = {CircuitState.CLOSED: 0, CircuitState.HALF_OPEN: 1, CircuitState.OPEN: 2}


class Figures:
    """What the applications of one process count together."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(PunctualityCollector())
        labels = ("endpoint", "method")
        self.requests = Counter(
            "motcua_http_requests",
            "Requests answered",
            (*labels, "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "motcua_http_request_seconds",
            "Time to answer",
            labels,
            buckets=BUCKETS,
            registry=self.registry,
        )


def measure(app: Flask, figures: Figures, prefix: str = "") -> None:
    """Count and time every request by its route; `prefix` tells applications apart."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        endpoint = prefix + (request.endpoint or "none")
        method = request.method if request.method in _METHODS else "other"
        figures.requests.labels(endpoint, method, response.status_code).inc()
        if "began" in g:
            figures.seconds.labels(endpoint, method).observe(time.perf_counter() - g.began)
        return response


def show_figures(app: Flask, figures: Figures) -> None:
    """Show the figures at `/metrics`."""

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)
