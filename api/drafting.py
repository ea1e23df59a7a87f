"""Papers drawn up from their template, on pages as in REST: read, drawn, kept; then put into their
dossier in a transaction of their own or with what is done next."""

from dataclasses import dataclass

from api.edge import Call
from api.services import services
from bpmn.steps import Paper
from engine.commands.acting import Target, require_candidate
from engine.commands.drafting import PDF, PutDraft, keep, put_draft
from engine.commands.uploads import take_upload
from engine.errors.documents import DraftNotPdf
from engine.model.actor import Actor
from engine.model.document import Origin
from engine.model.dossier import Dossier
from engine.queries import dossiers
from engine.queries.drafting import Asked, material
from engine.store import uploads


def drawn_up(code: str, asked: Asked, actor: Actor) -> PutDraft:
    """The draft of a paper, drawn and kept; no transaction may be open.

    Raises `DossierUnknown`, `NotCandidate`, `TaskNotOpen`, `NotDraftedHere`, `NoTemplate`,
    `TemplateFaulty`, `PressUnavailable`.
    """
    here = services()
    with here.database.reading() as tx:
        found = dossiers.find(tx, code, actor)
        require_candidate(actor, asked.place)(found.dossier)
        made = material(tx, found, asked)
    file = keep(here.press.draw(made.source, made.values), here.files)
    return PutDraft(Target(code), asked.place, asked.paper, file, Origin.DRAWN_UP)


@dataclass(frozen=True)
class Brought:
    """A PDF that someone sent to be the draft of a paper, by the id of its upload."""

    place: int
    paper: Paper
    upload: str


def put_brought(call: Call, target: Target, brought: Brought) -> Dossier:
    """Make the draft of a paper of a PDF that was made elsewhere.

    Raises `UploadUnknown`, `UploadUnfinished`, `DraftNotPdf`, `PdfAlreadySigned`, `PdfUnreadable`
    and what adding a document raises.
    """
    here = services()
    with here.database.reading() as tx:
        require_candidate(call.actor, brought.place)(
            dossiers.find(tx, target.code, call.actor).dossier
        )
        sent = uploads.get(tx, brought.upload, call.actor.id, call.now)
    if sent.facts is None or sent.facts.media_type != PDF:
        raise DraftNotPdf(name=sent.name)
    file = keep(here.files.read(sent.facts.digest), here.files)
    put = PutDraft(target, brought.place, brought.paper, file, Origin.UPLOADED)
    with here.database.transaction() as tx:
        take_upload(tx, brought.upload, target.code, call.actor, call.now)
        return put_draft(tx, put, call.actor, call.now)
