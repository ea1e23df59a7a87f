"""What browsers call themselves, in words that their owners know."""

from api.web.language import gettext as _

_BROWSERS = (
    ("Edg", "Edge"), ("CocCoc", "Cốc Cốc"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
"""The first that is found counts: most call themselves several names."""
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str) -> str:
    """«Chrome · Windows», or that it is not known."""
    found = [_named(agent, names) for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or _("Trình duyệt chưa rõ")


def _named(agent: str, names: tuple[tuple[str, str], ...]) -> str | None:
    return next((name for sign, name in names if sign in agent), None)
