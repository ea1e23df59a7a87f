"""Files that come in, for REST as for pages. Their bytes go into the store between transactions:
one says whether they are awaited, the next writes down that they came."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from api.edge import Call
from api.services import services
from engine.commands import uploads as commands
from engine.commands.drafting import PDF
from engine.commands.uploads import BeginUpload, Room
from engine.errors.signatures import PdfUnreadable
from engine.errors.uploads import AntivirusUnavailable, FileRefused
from engine.files import spool
from engine.files.antivirus import require_clean
from engine.files.inspection import Content, Limits, inspect
from engine.files.staging import Piece
from engine.model.document import FileFacts
from engine.signatures.examining import examine
from engine.signatures.trust import trusted
from engine.signatures.verdict import Verdict, worst
from engine.store import uploads
from engine.store.uploads import Upload
from engine.store.verdicts import FileVerdict


def begin(call: Call, command: BeginUpload) -> Upload:
    """Make ready for a file, in the transaction of the call."""
    settings = services().settings
    room = Room(settings.max_file_bytes, settings.max_waiting_bytes)
    return commands.begin_upload(call.tx, command, room, call.actor, call.now)


def receive(call: Call, id_: str, start: int, content: bytes) -> Upload:
    """The next piece of a file."""
    here = services()
    with here.database.reading() as tx:
        upload = uploads.get(tx, id_, call.actor.id, call.now)
    commands.require_awaited(upload, start, len(content))
    piece = here.files.staging.add(id_, start, content)
    with here.database.transaction() as tx:
        return commands.note_piece(tx, id_, piece, len(content), call.actor, call.now)


def finish(call: Call, id_: str) -> Upload:
    """The file is whole: look at it, and keep it or let go of it. A repeat is no harm.

    Raises what is wrong with the file, of which nothing is kept then.
    """
    here = services()
    with here.database.reading() as tx:
        upload = uploads.get(tx, id_, call.actor.id, call.now)
        pieces = [Piece(*each) for each in uploads.pieces(tx, id_)]
    if upload.facts:
        return upload
    commands.require_whole(upload)
    with _letting_go(call, id_), spool(here.files.staging.whole(id_, pieces)) as file:
        content = _let_in(file, upload.name)
        stored = here.files.put(file)
    facts = FileFacts(stored.digest, stored.size, content.pages, content.media_type)
    signatures = _examined(facts)
    with here.database.transaction() as tx:
        upload = commands.note_file(tx, id_, facts, call.actor, call.now, signatures)
    here.files.staging.clear(id_)
    return upload


def _examined(facts: FileFacts) -> FileVerdict | None:
    """What is to be thought of the signatures in a file; None where there are none."""
    here = services()
    if facts.media_type != PDF:
        return None
    trust = trusted(here.settings.trust_roots)
    try:
        found = worst(examine(here.files.read(facts.digest), trust, here.clock()))
    except PdfUnreadable as error:
        return FileVerdict(Verdict.UNKNOWN, error.message)
    return FileVerdict(found.verdict, found.sentence) if found else None


def _let_in(file: BinaryIO, name: str) -> Content:
    settings = services().settings
    require_clean(file, name, settings.clamd)
    return inspect(file, name, Limits.of(settings))


@contextmanager
def _letting_go(call: Call, id_: str) -> Iterator[None]:
    try:
        yield
    except (FileRefused, AntivirusUnavailable):
        give_up(call, id_)
        raise


def give_up(call: Call, id_: str) -> None:
    """Forget a file that no document has taken, and its pieces."""
    here = services()
    with here.database.transaction() as tx:
        commands.drop_upload(tx, id_, call.actor, call.now)
    here.files.staging.clear(id_)
