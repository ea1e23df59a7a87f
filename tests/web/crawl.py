"""Walks the pages as people do, from link to link, and notes what is wrong on the way."""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

from tests.web.visitor import Visitor

MOST_BYTES = 100_000
_OF_FORMS = ("action", "formaction")
_ATTRIBUTES = ("href", "hx-get", "data-hx-get", "data-diagram", *_OF_FORMS)
Shape = tuple[str, frozenset[str]]
"""A route, and the names in the query: pages of one shape are alike enough to look at one."""


@dataclass
class Walk:
    """What someone found: an address of every shape of page, every route that answered, and what
    was wrong."""

    addresses: dict[Shape, str] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


def walk(visitor: Visitor, routes: Map, *starts: str) -> Walk:
    """Follow every link of every page, from `starts` on, one page of each shape."""
    found, waiting, seen = Walk(), deque(starts), set[Shape | str]()
    while waiting:
        address = waiting.popleft()
        shape = _shape(routes, address)
        if (shape or address) in seen:
            continue
        seen.add(shape or address)
        if shape is None:
            found.complaints.append(f"{address}: no such address")
        else:
            waiting += _visit(visitor, address, shape, found)
    return found


def _visit(visitor: Visitor, address: str, shape: Shape, found: Walk) -> list[str]:
    """The links of a page, as addresses."""
    answer = visitor.get(address)
    if answer.status_code >= 400:
        found.complaints.append(f"{address}: {answer.status_code}")
        return []
    found.rules.add(shape[0])
    if answer.status_code >= 300:
        return [answer.headers["Location"]]
    if answer.mimetype != "text/html" or not answer.data:
        return []
    if len(answer.data) > MOST_BYTES:
        found.complaints.append(f"{address}: {len(answer.data)} bytes")
    if answer.text.lstrip().lower().startswith("<!doctype"):
        found.addresses[shape] = address
    links, outside = _links(answer.text)
    found.complaints += [f"{address}: leads outside to {link}" for link in outside]
    return [urljoin(address, link) for link in links]


def _links(text: str) -> tuple[list[str], list[str]]:
    """What a page leads to, here and elsewhere; forms that are posted lead nowhere."""
    links = [
        link
        for element in html.document_fromstring(text).iter()
        for name in _ATTRIBUTES
        if (link := element.get(name)) and not (name in _OF_FORMS and _is_posted(element))
    ]
    links = [link for link in links if not link.startswith(("#", "tel:", "mailto:", "/static/"))]
    return [x for x in links if not urlsplit(x).netloc], [x for x in links if urlsplit(x).netloc]


def _is_posted(element: html.HtmlElement) -> bool:
    form = element if element.tag == "form" else next(element.iterancestors("form"), element)
    method = element.get("formmethod") or form.get("method") or "get"
    return str(method).lower() != "get"


def _shape(routes: Map, address: str) -> Shape | None:
    parts = urlsplit(address)
    try:
        rule, _values = routes.bind("localhost").match(parts.path, "GET", return_rule=True)
    except (RequestRedirect, HTTPException):
        return None
    return rule.rule, frozenset(name for name, _value in parse_qsl(parts.query))
