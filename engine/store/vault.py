"""The vault as a projection of dossiers: what each gives to it, in rows."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.life.keeping import kept
from engine.model.dossier import Dossier
from engine.model.vault import Kept, owner_key
from engine.store import definitions
from engine.store.database import execute_each
from engine.store.tables import event_payload
from engine.store.vault_tables import vault_item as table

_HERE = (
    table.c.dossier_id == bindparam("the_dossier"),
    table.c.document == bindparam("the_document"),
)
_INSERT, _UPDATE, _DELETE = insert(table), update(table).where(*_HERE), delete(table).where(*_HERE)
_SAID = select(event_payload.c.body).where(
    event_payload.c.dossier_id == bindparam("the_dossier"), event_payload.c.seq == 1
)


def papers(tx: Connection, dossier: Dossier) -> dict[int, Kept]:
    """What the vault keeps of a dossier, by document."""
    if not dossier.documents:
        return {}
    return kept(dossier, definitions.version(tx, dossier.version).facts)


def save(
    tx: Connection, dossier_id: int, before: Mapping[int, Kept], dossier: Dossier
) -> dict[int, Kept]:
    """Write the difference between what was kept and what is; returns what is kept now."""
    after = papers(tx, dossier)
    if new := [each for number, each in after.items() if number not in before]:
        owner = owner_of(tx, dossier_id)
        execute_each(tx, _INSERT, (row_of(dossier_id, owner, each) for each in new))
    for number, paper in after.items():
        if number in before and before[number] != paper:
            key = {"the_dossier": dossier_id, "the_document": number}
            tx.execute(_UPDATE, {**key, **columns_of(paper)})
    for number in before.keys() - after.keys():
        tx.execute(_DELETE, {"the_dossier": dossier_id, "the_document": number})
    return after


def owner_of(tx: Connection, dossier_id: int) -> str | None:
    """By what the vault knows the owner of a dossier; None where that is not known, or no more."""
    said = tx.execute(_SAID, {"the_dossier": dossier_id}).scalar_one_or_none() or {}
    return owner_key(said.get("owner"))


def row_of(dossier_id: int, owner: str | None, paper: Kept) -> dict[str, Any]:
    """The row that a paper should have, without its id."""
    key = {"dossier_id": dossier_id, "document": paper.document, "owner": owner}
    return {**key, "historic": None, **columns_of(paper)}


def columns_of(paper: Kept) -> dict[str, Any]:
    """What a row says of the paper itself."""
    said = {k: v for k, v in asdict(paper).items() if k not in ("document", "file")}
    file = paper.file
    return {
        **said,
        "file": file.digest,
        "size": file.size,
        "pages": file.pages,
        "media_type": file.media_type,
    }
