"""A signature whose key is at another computer (a USB token at the desk), in two requests.

The first makes the file ready and says what the key is to sign; the second takes what the token's
software gave: the value, a whole signature (CMS), or the file that it signed itself. What lies
between is kept for a quarter of an hour, for one person, one document and one file.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from engine.commands.signatures import House, SignedFile, Wanted, record_signature
from engine.commands.signing import ready, signing_with
from engine.errors.signatures import SignatureRequestUnknown
from engine.model.actor import Actor
from engine.model.certificate import KeptCertificate
from engine.model.dossier import Dossier
from engine.signatures.signing import Begun, finish, finish_with, is_container
from engine.store import certificates, signature_requests
from engine.store.signature_requests import SignatureRequest

LASTS = timedelta(minutes=15)
_SPARE = 12_000
_PDF = b"%PDF"


@dataclass(frozen=True)
class Requested:
    """What the key at the other computer is to sign.

    `attributes` is the text itself (DER of the signed attributes), `digest` its SHA-256, whichever
    the token's software wants; `content` is the SHA-256 of the file around the signature, for
    software that makes a whole signature (CMS). The certificate says whose key.
    """

    id: str
    attributes: bytes
    digest: bytes
    content: bytes
    wanted: Wanted
    certificate: KeptCertificate
    expires_at: datetime


def request_signature(house: House, wanted: Wanted, actor: Actor) -> Requested:
    """Begin a signature; raises what `signable` and the check of the certificate raise."""
    found = ready(house, wanted, actor)
    kept = found.signable.kept
    begun = found.begun(replace(signing_with(house, kept), spare=_SPARE))
    now = house.clock()
    request = SignatureRequest(
        id=secrets.token_hex(20),
        user_id=actor.id,
        dossier=wanted.code,
        document=wanted.document,
        capacity=wanted.capacity,
        place=wanted.place,
        certificate_id=kept.id,
        before=found.signable.before,
        appended=begun.pdf[len(found.pdf) :],
        digest=begun.digest,
        attributes=begun.attributes,
        start=begun.start,
        end=begun.end,
        expires_at=now + LASTS,
    )
    with house.database.transaction() as tx:
        signature_requests.add(tx, request, now)
    return _requested(request, kept)


def requested(
    tx: Connection, id_: str, of: tuple[str, int], actor: Actor, now: datetime
) -> Requested:
    """What was begun and still waits; `of` are dossier and document.

    Raises `SignatureRequestUnknown`.
    """
    request = _request(tx, id_, of, actor, now)
    return _requested(request, certificates.get(tx, request.certificate_id))


def complete_signature(
    house: House, id_: str, of: tuple[str, int], came: bytes, actor: Actor
) -> Dossier:
    """Take what came from the other computer and hand it to the gate; `of` are dossier and
    document.

    `came` is the signature's value, a whole signature (CMS, DER), or the signed PDF. Raises
    `SignatureRequestUnknown`, `SignatureValueWrong`, and what `record_signature` raises.
    """
    with house.database.reading() as tx:
        request = _request(tx, id_, of, actor, house.clock())
        kept = certificates.get(tx, request.certificate_id)
    signed = came if came.startswith(_PDF) else _put_in(house, request, kept, came)
    dossier = record_signature(house, SignedFile(_wanted(request), signed), actor)
    with house.database.transaction() as tx:
        signature_requests.remove(tx, id_)
    return dossier


def _put_in(house: House, request: SignatureRequest, kept: KeptCertificate, came: bytes) -> bytes:
    pdf = house.files.read(request.before) + request.appended
    begun = Begun(pdf, request.digest, request.attributes, request.start, request.end)
    if is_container(came):
        return finish_with(begun, came)
    return finish(begun, came, signing_with(house, kept).credential)


def _request(
    tx: Connection, id_: str, of: tuple[str, int], actor: Actor, now: datetime
) -> SignatureRequest:
    request = signature_requests.get(tx, id_, actor.id, now)
    if of != (request.dossier, request.document):
        raise SignatureRequestUnknown()
    return request


def _requested(request: SignatureRequest, kept: KeptCertificate) -> Requested:
    digest, wanted = sha256(request.attributes).digest(), _wanted(request)
    return Requested(
        request.id,
        request.attributes,
        digest,
        request.digest,
        wanted,
        kept,
        request.expires_at,
    )


def _wanted(request: SignatureRequest) -> Wanted:
    return Wanted(
        request.dossier,
        request.document,
        request.capacity,
        request.place,
        request.certificate_id,
    )
