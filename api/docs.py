"""The documentation page: Swagger UI from our own server, under a strict policy."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, send_from_directory

routes = Blueprint("docs", __name__, url_prefix="/api/docs")
DIST = Path(flask_swagger_ui.__file__).parent / "dist"
ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Một Cửa: giao diện lập trình</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#ui",
  deepLinking: true,
  validatorUrl: null,
});
"""


@routes.get("")
def page() -> Response:
    """The page itself, without a script in it."""
    return Response(_PAGE, content_type="text/html; charset=utf-8")


@routes.get("/start.js")
def start() -> Response:
    """What starts Swagger UI."""
    return Response(_START, content_type="text/javascript; charset=utf-8")


@routes.get(f"/<any({', '.join(map(repr, ASSETS))}):name>")
def asset(name: str) -> Response:
    """A file of Swagger UI."""
    return send_from_directory(DIST, name, max_age=86_400)
