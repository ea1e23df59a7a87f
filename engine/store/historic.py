"""Historic results in the database: what was taken in, whose it is, how it lies in the vault."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, insert, select

from engine.model.document import DocumentKind
from engine.model.historic import HistoricLine, HistoricResult
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.store import office_log
from engine.store.chain import canonical, new_salt, payload_digest
from engine.store.vault_tables import historic_owner, historic_result, vault_item

_OF_ITEM = ("type", "name", "agency", "number", "issued_on", "valid_until", "file", "size",
            "pages", "media_type")  # fmt: skip


def is_kept(tx: Connection, line: HistoricLine) -> bool:
    """Whether the vault has this result of this owner already."""
    same = [
        getattr(vault_item.c, name) == getattr(line, name)
        for name in ("owner", "type", "number", "issued_on")
    ]
    return bool(tx.execute(select(exists().where(*same))).scalar_one())


def take_in(
    tx: Connection, agency: str, results: Sequence[HistoricResult], by: str, now: datetime
) -> None:
    """Keep results: one entry of the log of administration covers them all."""
    rows: list[dict[str, Any]] = []
    owners: list[tuple[bytes, dict[str, str]]] = []
    for number, each in enumerate(results, start=1):
        body, salt = {"name": each.line.owner_name, "number": each.line.owner}, new_salt()
        owners.append((salt, body))
        rows.append(_row(agency, number, each, payload_digest(salt, body)))
    after = {"results": len(rows), "digest": digest_of(rows)}
    event = OfficeEvent(
        OfficeEventType.HISTORIC_RESULTS_TAKEN_IN, agency, agency_subject(agency), {}, after
    )
    office_log.record(tx, event, by, now)
    seq = office_log.head(tx).seq
    for row, (salt, body) in zip(rows, owners, strict=True):
        add = insert(historic_result).values(**row, seq=seq).returning(historic_result.c.id)
        id_ = tx.execute(add).scalar_one()
        tx.execute(insert(historic_owner).values(historic=id_, salt=salt, body=body))
        tx.execute(insert(vault_item).values(item_of(row, id_, body["number"], now)))


def _row(agency: str, line: int, result: HistoricResult, owner: str) -> dict[str, Any]:
    said, file = result.line, result.file
    return {
        "line": line,
        "agency": agency,
        **{n: getattr(said, n) for n in ("type", "name", "issued_by", "number")},
        "issued_on": said.issued_on,
        "valid_until": said.valid_until,
        "file": file.digest,
        "size": file.size,
        "pages": file.pages,
        "media_type": file.media_type,
        "owner_digest": owner,
    }


def digest_of(rows: Iterable[dict[str, Any]]) -> str:
    """What the log of administration says of rows that were taken in together."""
    plain = [{name: _plain(value) for name, value in sorted(row.items())} for row in rows]
    return hashlib.sha256(canonical(plain)).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def item_of(row: dict[str, Any], id_: int, owner: str | None, at: datetime) -> dict[str, Any]:
    """How a historic result lies in the vault, without the item's id."""
    return {
        **{name: row[name] for name in _OF_ITEM},
        "historic": id_,
        "owner": owner,
        "kind": DocumentKind.RESULT,
        "kept_at": at,
    }
