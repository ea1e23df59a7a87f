"""Dossiers whose papers are being digitised: files that came in, and documents made of them."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex
from typing import Any

from engine.commands.acting import Target
from engine.commands.documents import AddDocument, add_document
from engine.commands.scans import OrderScan, order_scan
from engine.files import FileStore
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.scans.limits import Limits
from engine.scans.papers import PDF
from engine.store import uploads
from engine.store.scans import ScanJob, of_dossier
from engine.store.tables import dossier as table
from engine.store.uploads import Upload
from notifications.scanning import Outcome, Workshop, make_waiting
from tests.api.lives import Lives
from tests.papers import jpeg, paper, pdf

COMPONENT = "A"
JPEG = "image/jpeg"
OFFICER = "reception1"


class Scanner:
    """An officer who brings files to a dossier, and the workshop that makes documents of them."""

    def __init__(self, lives: Lives, files: FileStore, limits: Limits | None = None) -> None:
        self.lives, self.files = lives, files
        database = lives.office.database
        self.shop = Workshop(database, files, lives.clock, limits or Limits())

    def bring(
        self, dossier: Dossier, content: bytes = b"", media_type: str = JPEG, pages: int = 1
    ) -> str:
        """A file that was let in and waits for a document of the dossier; gives its id."""
        content, now = content or jpeg(paper(resolution=60)), self.lives.clock()
        id_ = token_hex(16)
        stored = self.files.put(content)
        facts = FileFacts(stored.digest, stored.size, pages, media_type)
        upload = Upload(
            id_, self.lives.office.actor(OFFICER).id, dossier.code, "quét.jpg",
            stored.size, stored.size, now + timedelta(days=1), None, False,
        )  # fmt: skip
        values = {"file": facts.digest, "pages": pages, "media_type": media_type}
        with self.lives.office.database.transaction() as tx:
            uploads.add(tx, upload)
            uploads.change(tx, id_, **values)
        return id_

    def order(
        self, dossier: Dossier, pages: Sequence[dict[str, Any]], replaces: int | None = None
    ) -> ScanJob:
        """Have a document made of pages."""
        command = OrderScan(dossier.code, COMPONENT, pages, replaces)
        actor, now = self.lives.office.actor(OFFICER), self.lives.clock()
        with self.lives.office.database.transaction() as tx:
            return order_scan(tx, command, actor, now)

    def scan(self, dossier: Dossier, content: bytes = b"") -> ScanJob:
        """Have a document made of one page of one file."""
        return self.order(dossier, [{"upload": self.bring(dossier, content), "page": 0}])

    def document(self, dossier: Dossier) -> int:
        """A document that was made before; gives its number."""
        content = pdf(paper(resolution=40))
        stored = self.files.put(content)
        facts = FileFacts(stored.digest, stored.size, 1, PDF)
        command = AddDocument(
            Target(dossier.code), DocumentKind.COMPONENT, facts, Origin.SCANNED, COMPONENT
        )
        actor, now = self.lives.office.actor(OFFICER), self.lives.clock()
        with self.lives.office.database.transaction() as tx:
            return add_document(tx, command, actor, now)[1].number

    def work(self) -> list[Outcome]:
        """Make what waits."""
        return make_waiting(self.shop)

    def jobs(self, dossier: Dossier) -> list[ScanJob]:
        """How the documents of a dossier stand."""
        with self.lives.office.database.reading() as tx:
            query = table.select().where(table.c.code == dossier.code)
            id_ = tx.execute(query).one().id
            return of_dossier(tx, id_, self.lives.clock())
