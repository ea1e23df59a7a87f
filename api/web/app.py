"""Puts the pages together."""

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect

from api.converters import use_converters
from api.headers import protect
from api.metrics import Figures, measure
from api.services import Services, provide
from api.web import assets, language, pages, provider, session
from api.web.errors import handle_errors
from api.web.frame import furnish
from api.web.words import FILTERS

MOST_PARTS = 5_000
"""Fields that a form may send: a declaration has tens, a bulk act some hundreds."""


def create_web(services: Services, figures: Figures) -> Flask:
    """The WSGI application of the pages. Opens no connection before the first request."""
    settings = services.settings
    app = Flask("motcua.web", root_path=str(assets.ROOT), static_folder=None)
    app.secret_key = settings.secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=MOST_PARTS,
        SESSION_COOKIE_NAME=session.COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        # An answer that changes nothing must not bring an older cookie back over a newer one.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.logger.setLevel(settings.log_level)
    provide(app, services)
    measure(app, figures, prefix="web/")
    protect(app, referrers="same-origin")
    CSRFProtect(app)
    app.after_request(session.keep_alive)
    provider.furnish(app)
    handle_errors(app)
    use_converters(app)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    language.speak(app)
    assets.serve(app)
    furnish(app)
    pages.register(app)
    return app
