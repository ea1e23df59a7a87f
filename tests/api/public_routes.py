"""Routes that need no log-in."""

PUBLIC = {
    ("POST", "/api/v1/sessions"): 422,
    ("POST", "/api/v1/tracking"): 422,
    ("POST", "/api/v1/tracking/rating"): 422,
    ("POST", "/api/v1/tracking/result"): 422,
    ("POST", "/api/v1/petition-box"): 422,
    ("GET", "/api/v1/petition-box"): 200,
    ("POST", "/api/v1/petition-box/tracking"): 422,
    ("POST", "/api/v1/petition-box/supplement"): 422,
    ("POST", "/api/v1/petition-box/rating"): 422,
    ("POST", "/api/v1/connectors/<code:name>/answers/<code:request_id>"): 401,
    ("GET", "/api/v1/vnpay/ipn"): 200,
    ("GET", "/api/v1/openapi.json"): 200,
    ("GET", "/api/docs"): 200,
    ("GET", "/api/docs/start.js"): 200,
    ("GET", "/api/docs/<any('swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'):name>"):
        200,
    ("GET", "/healthz"): 200,
    ("GET", "/readyz"): 200,
    ("GET", "/metrics"): 200,
}  # fmt: skip
"""Whole rules that need no log-in → what an empty request gets."""
