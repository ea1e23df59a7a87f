"""The pages, one module per place."""

from flask import Flask

from api.web.pages import board, dossier, home, sign_in, task, tracking

AREAS = (home, sign_in, tracking, board, dossier, task)


def register(app: Flask) -> None:
    """Give every page its address."""
    for area in AREAS:
        app.register_blueprint(area.routes)
