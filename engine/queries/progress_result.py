"""The sealed result, for the citizen to whom it was delivered electronically.

The link of a slip is not enough for it: whoever finds a slip must not get what it was handed in
for. It takes the code and a number that was declared.
"""

from dataclasses import replace

from sqlalchemy import Connection, select

from bpmn.steps import Outcome
from engine.errors.tracking import ResultNotElectronic
from engine.life.delivery import Way, given_out
from engine.life.setting import Setting
from engine.model import snapshot
from engine.model.document import Capacity, Document, DocumentKind
from engine.model.dossier import Dossier
from engine.queries.documents import FileOut, named_file
from engine.store import definitions, tracking
from engine.store.tables import dossier_life
from engine.store.tracking import Claim


def fetchable(dossier: Dossier, setting: Setting) -> Document | None:
    """The result that may be fetched: sealed, and delivered electronically."""
    result = dossier.document_of(DocumentKind.RESULT)
    if dossier.outcome is not Outcome.DELIVERED or result is None:
        return None
    is_sealed = result.signed_as(Capacity.AGENCY) is not None
    electronic = given_out(dossier, setting.procedure).get("method") == Way.ELECTRONIC
    return result if is_sealed and electronic else None


def fetched_result(tx: Connection, claim: Claim, secret: str) -> FileOut:
    """The file of the result that a claim is good for, by the number that was declared.

    Raises `NothingTracked`, and `ResultNotElectronic` where there is none to fetch.
    """
    id_ = tracking.admit(tx, replace(claim, key=""), secret)
    query = select(dossier_life.c.life).where(dossier_life.c.dossier_id == id_)
    dossier = snapshot.from_json(tx.execute(query).scalar_one())
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    document = fetchable(dossier, setting)
    if document is None:
        raise ResultNotElectronic()
    return named_file(dossier.code, document)
