"""One sheet, from template and values to PDF/A: done in a process of its own (`press`).

Nothing is fetched: pictures come as data in the page itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from engine.printing.codes import barcode, qr
from engine.printing.failing import Failure, Spoilt, blamed, line_with
from engine.printing.templates import Source, fill

MOST_PAGES = 500
VARIANT = "pdf/a-3b"


@dataclass(frozen=True)
class Job:
    """What is to be drawn: a template, and what it may speak of."""

    source: Source
    values: Mapping[str, Any]


def draw(job: Job) -> bytes:
    """The PDF; raises `Spoilt` with the line of the template that is to blame."""
    html, fetcher = _filled(job), _DataOnly()
    document = HTML(string=html, url_fetcher=fetcher).render()
    if len(document.pages) > MOST_PAGES:
        raise Spoilt(Failure.TOO_LARGE, f"quá {MOST_PAGES} trang")
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
    for url in fetcher.refused:
        raise Spoilt(Failure.REFERENCE, url, line_with(job.source.body, url))
    return pdf


def _filled(job: Job) -> str:
    pictures = {"qr": qr(job.values.get("link")), "barcode": barcode(job.values.get("code"))}
    try:
        return fill(job.source, {**job.values, **pictures})
    except Exception as error:
        raise blamed(error) from error


class _DataOnly(URLFetcher):
    """Gives what `data:` addresses hold, fetches nothing else, and remembers what it refused."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """What the address holds; raises `ValueError`, which the page is then drawn without."""
        if not url.lower().startswith("data:"):
            self.refused.append(url)
        return super().fetch(url, headers)
