"""Lists on pages go on at an address of their own."""

from typing import Any

from flask import request, url_for


def again(**changes: Any) -> str:
    """The address of this page with some of what it asks for changed."""
    asked = {name: text for name, text in request.args.items() if text}
    where = {**(request.view_args or {}), **asked, **changes}
    return url_for(str(request.endpoint), **where)
