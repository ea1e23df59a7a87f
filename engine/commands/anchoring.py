"""Anchors taken, sealed, time-stamped and written outside: each step waits for nobody but the one
before, and what cannot be done now is noted, and done later.

Keys, authorities and the place outside are asked between transactions.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from engine.commands.signatures import House
from engine.commands.signing import Secret, key_of
from engine.errors import EngineError
from engine.errors.anchors import AnchorSealMissing, AnchorSealNotSet, AnchorStampNotSet
from engine.files.outside import Outside
from engine.model import merkle
from engine.model.anchor import NONE_BEFORE, Anchor, SealKind, Statement
from engine.model.certificate import KeptCertificate, Provider
from engine.signatures.certificates import certificate_of
from engine.signatures.means import Means, checked
from engine.signatures.sealing import signed_text, stamped
from engine.signatures.trust import trusted
from engine.store import anchor_records, anchors, certificates, chain_heads
from engine.store.anchor_troubles import Hindered, note

LEAVES = 20_000
"""Of so many logs at most is one anchor; where more grew, several are taken."""


def take_anchors(house: House) -> list[int]:
    """Anchor all that grew since the last anchor; one is taken also where nothing did."""
    taken: list[int] = []
    while True:
        with house.database.transaction() as tx:
            anchor = take_anchor(tx, house.settings.anchor_agency, house.clock())
        taken.append(anchor.number)
        if anchor.said.whole:
            return taken


def take_anchor(tx: Connection, agency: str, now: datetime, most: int = LEAVES) -> Anchor:
    """One anchor over the logs that grew since they were last in one, `most` of them at most.

    `agency` is whose seal it will have.
    """
    before = anchors.last(tx)
    grown = chain_heads.grown(tx, most)
    sealed_until, seals = anchors.seals_after(tx, before.sealed_until)
    statement = Statement(
        number=before.number + 1,
        taken_at=now,
        agency=agency,
        leaves=len(grown),
        root=merkle.root([merkle.leaf_hash(each.head.leaf) for each in grown]).hex(),
        previous=before.digest or NONE_BEFORE,
        whole=len(grown) < most,
        seals=seals,
    )
    anchor = Anchor(statement.number, statement.text)
    anchors.add(tx, anchor, grown, sealed_until)
    chain_heads.settle(tx, anchor.number)
    return anchor


def seal_waiting(house: House, secret: Secret) -> None:
    """Seal every anchor that waits for it; what stands in the way is noted and raised."""

    def seal(numbers: Iterable[int]) -> None:
        kept = _seal_of(house)
        others = [certificate_of(each) for each in kept.chain]
        means = Means(trusted(house.settings.trust_roots), Path())
        credential = checked(certificate_of(kept.der), others, means, house.clock())
        with key_of(kept, secret, house.settings) as key:
            for number in numbers:
                text = _anchor(house, number).statement.encode()
                _keep(house, number, SealKind.SIGNATURE, signed_text(text, credential, key))

    _work_off(house, Hindered.SEAL, _waiting(house, SealKind.SIGNATURE), seal)


def stamp_waiting(house: House) -> None:
    """Have the authority stamp every signature that waits for it, likewise."""

    def stamp(numbers: Iterable[int]) -> None:
        if not house.settings.tsa_url:
            raise AnchorStampNotSet
        for number in numbers:
            signature = _anchor(house, number).seals[SealKind.SIGNATURE]
            made = stamped(signature, house.settings.tsa_url)
            _keep(house, number, SealKind.STAMP, made)

    _work_off(house, Hindered.STAMP, _waiting(house, SealKind.STAMP), stamp)


def copy_waiting(house: House) -> None:
    """Write outside what is not there yet, where such a place is set, likewise."""
    place = Outside.of(house.settings)
    if place is None:
        return
    for sealed in (False, True):
        with house.database.reading() as tx:
            numbers = anchors.uncopied(tx, sealed=sealed)

        def copy(numbers: Iterable[int], sealed: bool = sealed) -> None:
            for number in numbers:
                with house.database.reading() as tx:
                    records = anchor_records.seals if sealed else anchor_records.taken
                    content = anchor_records.text(records(tx, number))
                place.keep(f"{number:08}-{'seals' if sealed else 'taken'}", content)
                with house.database.transaction() as tx:
                    anchors.add_copy(tx, number, house.clock(), sealed=sealed)

        _work_off(house, Hindered.OUTSIDE, numbers, copy)


def _work_off(
    house: House, what: Hindered, numbers: Iterable[int], do: Callable[[Iterable[int]], None]
) -> None:
    reason = None
    try:
        if numbers:
            do(numbers)
    except EngineError as error:
        reason = error.message
        raise
    finally:
        with house.database.transaction() as tx:
            note(tx, what, reason, house.clock())


def _seal_of(house: House) -> KeptCertificate:
    agency = house.settings.anchor_agency
    if not agency:
        raise AnchorSealNotSet
    with house.database.reading() as tx:
        found = certificates.of_agency(tx, agency)
    usable = [each for each in found if each.provider is not Provider.OUTSIDE]
    if not usable:
        raise AnchorSealMissing(agency=agency)
    return usable[0]


def _waiting(house: House, kind: SealKind) -> Iterable[int]:
    with house.database.reading() as tx:
        return anchors.waiting(tx, kind)


def _anchor(house: House, number: int) -> Anchor:
    with house.database.reading() as tx:
        return anchors.get(tx, number)


def _keep(house: House, number: int, kind: SealKind, content: bytes) -> None:
    with house.database.transaction() as tx:
        anchors.add_seal(tx, number, kind, content, house.clock())
