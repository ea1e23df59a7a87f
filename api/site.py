"""The whole site of one process: the REST interface and the pages, told apart by their paths."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api.app import create_app
from api.metrics import Figures
from api.services import services_of
from api.web.app import create_web
from engine.settings import Settings
from engine.store.database import Database
from engine.wallclock import Clock

_REST = ("/api/", "/healthz", "/readyz", "/metrics")

Answer = Iterable[bytes]
WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Answer]


class Site:
    """Two applications under one roof: their answers to errors differ, one speaks JSON and the
    other HTML."""

    def __init__(self, rest: Flask, web: Flask) -> None:
        self.rest = rest
        self.web = web

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Answer:
        """As WSGI wants it."""
        app = self.rest if (environ["PATH_INFO"] + "/").startswith(_REST) else self.web
        return app(environ, start)


def behind_proxies(site: Site, proxies: int) -> WSGIApplication:
    """The site as it is served behind so many reverse proxies.

    They say whom a request comes from, which is what tries are counted by, and whether it came
    by https. What a client says of itself beyond that is not believed.
    """
    return ProxyFix(site, x_for=proxies, x_proto=proxies, x_host=0) if proxies else site


def create_site(settings: Settings, database: Database, clock: Clock) -> Site:
    """Both applications over the same services. Opens no connection before the first request."""
    figures = Figures()
    rest = create_app(settings, database, clock, figures)
    return Site(rest, create_web(services_of(rest), figures))
