"""Files that pages need: styles, scripts, fonts, icons. Their addresses change with their content,
so that browsers keep them for ever and never hold an old one."""

import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request
from markupsafe import Markup

ROOT = Path(__file__).parent
STATIC = ROOT / "static"
FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PACKED = ("text/", "image/svg")
_LICENCE = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_SPACE = re.compile(r"\s+")


def serve(app: Flask) -> None:
    """Serve the files, and let templates name them by `asset(name)` and `icon(name)`."""
    app.jinja_env.globals.update(asset=asset, icon=icon)
    app.add_url_rule("/static/<digest>/<path:name>", "static", _answer)


def asset(name: str) -> str:
    """The address of a file below `static/`.

    Scripts in a folder of their own import each other, so the address of each changes with any.
    """
    path = STATIC / name
    together = path.parent.parent == STATIC / "js"
    files = sorted(path.parent.iterdir()) if together else [path]
    return f"/static/{_digest(tuple((file, file.stat().st_mtime_ns) for file in files))}/{name}"


@lru_cache(maxsize=200)
def icon(name: str) -> Markup:
    """An icon of Lucide, for the eye only: what it means must stand beside it in words."""
    (path,) = STATIC.glob(f"vendor/lucide-static-*/{name}.svg")
    drawing = _SPACE.sub(" ", _LICENCE.sub("", path.read_text(encoding="utf-8")))
    inner = drawing[drawing.index(">") + 1 :].replace("> <", "><").strip()
    return Markup(  # noqa: S704 - a file of ours
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{inner}'
    )


def _answer(digest: str, name: str) -> Response:
    path = (STATIC / name).resolve()
    if not (path.is_relative_to(STATIC) and path.is_file()):
        abort(404)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    packed = kind.startswith(_PACKED)
    squeeze = packed and request.accept_encodings.quality("gzip") > 0
    content = _content(path, path.stat().st_mtime_ns, squeeze)
    response = Response(content, mimetype=kind)
    response.headers["Cache-Control"] = FOR_EVER
    if packed:
        response.headers["Vary"] = "Accept-Encoding"
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=200)
def _digest(files: tuple[tuple[Path, int], ...]) -> str:
    """Of what files hold; when each was changed is there for the cache."""
    return hashlib.sha256(b"".join(path.read_bytes() for path, _changed in files)).hexdigest()[:12]


@lru_cache(maxsize=200)
def _content(path: Path, changed: int, squeeze: bool) -> bytes:
    raw = path.read_bytes()
    return gzip.compress(raw, mtime=0) if squeeze else raw
