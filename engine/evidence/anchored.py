"""The anchors that have a dossier, each with the way from its log to the root."""

from collections.abc import Iterable

from asn1crypto import pem, x509
from sqlalchemy import Connection

from engine.evidence.logged import as_json
from engine.model import merkle
from engine.model.anchor import ChainKind, SealKind
from engine.store import anchors
from engine.store.anchors import Leaf

_SEALS = {SealKind.SIGNATURE: "signature.p7s", SealKind.STAMP: "stamp.tst"}


def anchors_of(tx: Connection, code: str) -> dict[str, bytes]:
    """Statement, seals and proof of inclusion of each."""
    found: dict[str, bytes] = {}
    for leaf in anchors.leaves_of(tx, ChainKind.DOSSIER, code):
        folder, anchor = f"anchors/{leaf.anchor:08}/", anchors.get(tx, leaf.anchor)
        found[f"{folder}statement.json"] = anchor.statement.encode()
        found[f"{folder}leaf.json"] = _proof(tx, leaf)
        found |= {folder + _SEALS[kind]: content for kind, content in anchor.seals.items()}
    return found


def _proof(tx: Connection, leaf: Leaf) -> bytes:
    hashes = [merkle.leaf_hash(each.head.leaf) for each in anchors.leaves(tx, leaf.anchor)]
    path = [each.hex() for each in merkle.path(hashes, leaf.place)]
    own = {**vars(leaf.head), "kind": leaf.head.kind.value}
    return as_json({"leaf": own, "place": leaf.place, "path": path})


def as_pem(certificates: Iterable[x509.Certificate]) -> bytes:
    """Certificates in one file."""
    return b"".join(pem.armor("CERTIFICATE", each.dump()) for each in certificates)
