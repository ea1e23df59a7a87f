"""Headers that keep browsers from doing what nobody asked for."""

from urllib.parse import urlsplit

from flask import Flask, Response, request


def policy(form_to: str = "") -> str:
    """What a page may load and where its forms may lead: here, and perhaps on to another site.

    Chromium applies `form-action` to where a form is sent on to as well.
    """
    to = urlsplit(form_to)
    forms = f"'self' {to.scheme}://{to.netloc}" if form_to else "'self'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        f" font-src 'self'; connect-src 'self'; base-uri 'none'; form-action {forms};"
        " frame-ancestors 'none'"
    )


POLICY = policy()
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(app: Flask, referrers: str = "no-referrer") -> None:
    """Put the headers on every answer; nothing personal is kept by caches.

    `referrers` says what pages tell of themselves when they are left; a form's check that it
    comes from a page of ours needs `same-origin`.
    """

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Referrer-Policy", referrers)
        if "Cache-Control" not in response.headers:
            kept = "private, no-cache" if "ETag" in response.headers else "no-store"
            response.headers["Cache-Control"] = kept
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
