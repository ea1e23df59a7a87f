"""A signature whose key is at another computer (a USB token at the desk), in two requests.

The first makes the file ready and says what the key is to sign; the second takes the value. What
lies between is kept for a quarter of an hour, for one person, one document and one file.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from engine.commands.signatures import House, SignedFile, Wanted, record_signature
from engine.commands.signing import ready, signing_with
from engine.errors.signatures import SignatureRequestUnknown
from engine.model.actor import Actor
from engine.model.certificate import KeptCertificate
from engine.model.dossier import Dossier
from engine.signatures.signing import Begun, finish
from engine.store import certificates, signature_requests
from engine.store.signature_requests import SignatureRequest

LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Requested:
    """What the key at the other computer is to sign.

    `attributes` is the text itself (DER of the signed attributes), `digest` its SHA-256, whichever
    the token's software wants; the certificate says whose key.
    """

    id: str
    attributes: bytes
    digest: bytes
    certificate: KeptCertificate
    expires_at: datetime


def request_signature(house: House, wanted: Wanted, actor: Actor) -> Requested:
    """Begin a signature; raises what `signable` and the check of the certificate raise."""
    found = ready(house, wanted, actor)
    kept = found.signable.kept
    begun = found.begun(signing_with(house, kept))
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
    digest = sha256(begun.attributes).digest()
    return Requested(request.id, begun.attributes, digest, kept, request.expires_at)


def complete_signature(
    house: House, id_: str, of: tuple[str, int], value: bytes, actor: Actor
) -> Dossier:
    """Put the value into the file and hand it to the gate; `of` are dossier and document.

    Raises `SignatureRequestUnknown`, `SignatureValueWrong`, and what `record_signature` raises.
    """
    with house.database.reading() as tx:
        request = signature_requests.get(tx, id_, actor.id, house.clock())
        if of != (request.dossier, request.document):
            raise SignatureRequestUnknown()
        kept = certificates.get(tx, request.certificate_id)
    signing = signing_with(house, kept)
    pdf = house.files.read(request.before) + request.appended
    begun = Begun(pdf, request.digest, request.attributes, request.start, request.end)
    wanted = Wanted(request.dossier, request.document, request.capacity, request.place, kept.id)
    signed = finish(begun, value, signing.credential)
    dossier = record_signature(house, SignedFile(wanted, signed), actor)
    with house.database.transaction() as tx:
        signature_requests.remove(tx, id_)
    return dossier
