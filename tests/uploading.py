"""Files that people of the office have sent, made by commands, not over HTTP."""

from io import BytesIO

from pikepdf import Pdf

from engine.commands.acting import Target
from engine.commands.filing import FileUpload, file_upload
from engine.commands.uploads import BeginUpload, Room, begin_upload, note_file, note_piece
from engine.model.document import Document, DocumentKind, FileFacts
from engine.model.dossier import Dossier
from tests.api.lives import Lives
from tests.sent import pdf

ROOM = Room(file=50_000_000, waiting=100_000_000)


def begun(lives: Lives, by: str, content: bytes = b"an", dossier: str | None = None) -> str:
    """Someone is about to send a file; gives its id."""
    command = BeginUpload("giấy tờ.pdf", len(content), dossier)
    with lives.office.database.transaction() as tx:
        return begin_upload(tx, command, ROOM, lives.office.actor(by), lives.clock()).id


def sent(lives: Lives, by: str, content: bytes, dossier: str | None = None) -> str:
    """Someone has sent all of a file, in one piece."""
    upload = begun(lives, by, content, dossier)
    piece = lives.files.staging.add(upload, 0, content)
    with lives.office.database.transaction() as tx:
        actor, now = lives.office.actor(by), lives.clock()
        note_piece(tx, upload, piece, len(content), actor, now)
    return upload


def uploaded(lives: Lives, by: str, content: bytes = b"", dossier: str | None = None) -> str:
    """What someone has sent was let in."""
    content = content or pdf()
    upload = sent(lives, by, content, dossier)
    with Pdf.open(BytesIO(content)) as file:
        pages = len(file.pages)
    facts = FileFacts(lives.files.put(content).digest, len(content), pages, "application/pdf")
    with lives.office.database.transaction() as tx:
        note_file(tx, upload, facts, lives.office.actor(by), lives.clock())
    lives.files.staging.clear(upload)
    return upload


def filed(lives: Lives, dossier: Dossier, content: bytes = b"", by: str = "office1") -> Document:
    """What someone has sent became a document of a dossier."""
    upload = uploaded(lives, by, content)
    command = FileUpload(Target(dossier.code), upload, DocumentKind.EVIDENCE)
    with lives.office.database.transaction() as tx:
        return file_upload(tx, command, lives.office.actor(by), lives.clock())[1]
