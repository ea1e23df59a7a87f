"""A paper of the vault goes out, on pages as over REST."""

from api.edge import Call
from api.readings import record, unrecorded
from api.sending import Sent
from engine.files.kinds import extension_of
from engine.model.reading import Looked
from engine.queries.vault import paper_for


def opened(call: Call, code: str, item: int) -> Sent:
    """The file of a paper, for a dossier at hand; that it was opened is written down on the
    dossier that it came from."""
    paper = paper_for(call.tx, code, item, call.actor, call.now)
    if paper.dossier and (reading := unrecorded(call, paper.dossier, Looked.VAULT)):
        record(reading)
    media_type = paper.file.media_type
    return Sent(paper.file.digest, media_type, f"kho-{item}{extension_of(media_type)}")
