"""Puts the REST interface together. Nothing here is global: a process may hold several."""

from flask import Flask

from api import docs, health, v1
from api.converters import (
    CodeConverter,
    FileConverter,
    NumberConverter,
    code_schema,
    file_schema,
    number_schema,
    use_converters,
)
from api.documenting import Api
from api.headers import protect
from api.metrics import Figures, measure, show_figures
from api.problems import handle_problems
from api.serialising import FastJson
from api.services import Services, provide
from engine.files import FileStore
from engine.settings import Settings
from engine.store.database import Database
from engine.wallclock import Clock


def create_app(
    settings: Settings, database: Database, clock: Clock, figures: Figures | None = None
) -> Flask:
    """The WSGI application. Opens no connection before the first request."""
    app = Flask("motcua", static_folder=None)
    app.json = FastJson(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["OPENAPI_URL_PREFIX"] = v1.PREFIX
    app.logger.setLevel(settings.log_level)
    provide(app, Services(settings, database, clock, FileStore.of(settings)))
    figures = figures or Figures()
    measure(app, figures)
    show_figures(app, figures)
    protect(app)
    handle_problems(app)
    use_converters(app)
    api = Api(app)
    api.register_converter(CodeConverter, code_schema)
    api.register_converter(FileConverter, file_schema)
    api.register_converter(NumberConverter, number_schema)
    v1.register(api)
    app.register_blueprint(health.routes)
    app.register_blueprint(docs.routes)
    return app
