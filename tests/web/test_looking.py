"""Every page of a dossier writes down who looks at it."""

from api.site import Site
from engine.model.reading import Looked


def test_every_page_of_a_dossier_says_what_it_shows(site: Site) -> None:
    silent = [
        rule.rule
        for rule in site.web.url_map.iter_rules()
        if rule.rule.startswith("/ho-so/<code") and "GET" in (rule.methods or ())
        if "/so-do/" not in rule.rule  # the drawing of a procedure says nothing of a dossier
        if not isinstance(_looked(site, rule.endpoint), Looked)
    ]
    assert silent == []


def _looked(site: Site, endpoint: str) -> object:
    return vars(site.web.view_functions[endpoint]).get("looks_at")
