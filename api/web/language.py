"""Vietnamese first, English second.

What a page says is written in Vietnamese where it is said; `locale/en/*.po` hold the English.
What the law or an office names (statuses, procedures, reasons) and refusals stay Vietnamese
where no English is given.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask, has_request_context, request

COOKIE = "motcua_language"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
LOCALE = Path(__file__).parent / "locale"


def speak(app: Flask) -> None:
    """Let templates say `_("…")` and `{% trans %}`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.globals.update(language=language, LANGUAGES=LANGUAGES)


def language() -> str:
    """The language that this reader chose; Vietnamese unless they did."""
    chosen = request.cookies.get(COOKIE) if has_request_context() else None
    return chosen if chosen in LANGUAGES else "vi"


def gettext(message: str) -> str:
    """A text in the reader's language."""
    return _english().get(message, message) if language() == "en" else message


def ngettext(one: str, many: str, n: int) -> str:
    """A text for one or for several; Vietnamese does not tell them apart."""
    return gettext(one if n == 1 else many)


@cache
def _english() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((LOCALE / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id and message.string:
                    found[str(message.id)] = str(message.string)
    return found
