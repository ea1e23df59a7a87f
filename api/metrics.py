"""Counts and times of requests, for Prometheus; each application counts for itself."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def measure(app: Flask) -> None:
    """Count and time every request by its route, and show the figures at `/metrics`."""
    registry = CollectorRegistry()
    labels = ("endpoint", "method")
    requests = Counter(
        "motcua_http_requests", "Requests answered", (*labels, "status"), registry=registry
    )
    seconds = Histogram(
        "motcua_http_request_seconds", "Time to answer", labels, buckets=BUCKETS, registry=registry
    )

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        method = request.method if request.method in _METHODS else "other"
        requests.labels(endpoint, method, response.status_code).inc()
        if "began" in g:
            seconds.labels(endpoint, method).observe(time.perf_counter() - g.began)
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
