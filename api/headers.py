"""Headers that keep browsers from doing what nobody asked for."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
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
