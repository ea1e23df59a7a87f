"""The evidence bundle of a dossier, made when the transaction of the view has ended."""

from dataclasses import dataclass

from flask import Response

from api.edge import Call
from api.sending import Later
from api.services import services
from engine.evidence import Evidence, evidence_of
from engine.model.actor import Permission
from engine.queries.dossiers import locate, require
from engine.signatures.trust import trusted

_WHAT = "xuất gói chứng cứ của hồ sơ này"


@dataclass(frozen=True)
class Bundle(Later):
    """What a view answers to send the bundle."""

    evidence: Evidence

    def made(self) -> Response:
        """The file."""
        here = services()
        content = self.evidence.bundled(here.files, trusted(here.settings.trust_roots))
        answer = Response(content, mimetype="application/zip")
        name = f"chung-cu-{self.evidence.code}.zip"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def bundle(call: Call, code: str) -> Bundle:
    """The bundle for those who may replay a dossier and read what people said; raises
    `DossierUnknown` and `NotPermitted`."""
    row = locate(call.tx, code, call.actor)
    for permission in (Permission.DOSSIER_REPLAY, Permission.EVENT_READ):
        require(row, call.actor, permission, _WHAT)
    return Bundle(evidence_of(call.tx, code))
