"""Documents beside a form: which one is open at which page, and what leads to the others.

A page shows them with `{{ documents.reader(reader) }}` of `documents/reader.html`, the style
`css/reader.css` and the script `js/reader.js`, which turns pages where they stand. Without a
script its links lead to a page that only reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from api.web.dossier.scene import Scene
from api.web.language import gettext as _
from engine.life.documents import document_in
from engine.model.document import DOCUMENT_KIND_NAMES, Document

PAGE, LARGE, PART = "trang", "to", "phan"


@dataclass(frozen=True)
class Reader:
    """The documents of a dossier that have pages, and the page (from 1) of the one that is open;
    `large` to look closely."""

    scene: Scene
    document: Document | None
    page: int = 1
    large: bool = False

    @classmethod
    def of(cls, scene: Scene, number: int | None = None) -> "Reader":
        """One document open at its first page, the first of all where none is named."""
        if number is not None:
            return cls(scene, document_in(scene.dossier, number))
        return cls(scene, next(iter(_readable(scene)), None))

    def at(self, asked: Mapping[str, str]) -> "Reader":
        """The same at the page that an address asks for, as far as it is there."""
        typed = asked.get(PAGE, "")
        page = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
        return Reader(
            self.scene, self.document, min(max(page, 1), max(self.pages, 1)), LARGE in asked
        )

    @property
    def documents(self) -> Sequence[Document]:
        """All that can be read here."""
        return _readable(self.scene)

    @property
    def pages(self) -> int:
        """How many the open document has."""
        return self.document.file.pages if self.document else 0

    def name(self, document: Document) -> str:
        """What a document is called: its component, or its kind."""
        facts = self.scene.found.procedure.facts
        component = facts.component(document.component) if document.component else None
        return component.name if component else _(DOCUMENT_KIND_NAMES[document.kind])

    def link(self, document: Document, page: int = 1, large: bool = False) -> str:
        """Where a document is read at some page."""
        path = url_for("reading.read", code=self.scene.code, number=document.number)
        return f"{path}?{PAGE}={page}{f'&{LARGE}=1' if large else ''}"

    def picture(self, page: int) -> str:
        """Where the picture of a page is; another file of the document has another address."""
        if self.document is None:
            return ""
        return url_for(
            "reading.picture",
            code=self.scene.code,
            number=self.document.number,
            page=page,
            v=self.document.file.digest[:12],
            rong="large" if self.large else None,
        )


def _readable(scene: Scene) -> Sequence[Document]:
    documents = sorted(scene.dossier.documents.values(), key=lambda each: each.number)
    return [each for each in documents if each.file.pages]
