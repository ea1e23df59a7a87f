"""The shelf of the vault that serves one dossier: papers of its owner that fit its components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from bpmn.facts import Facts
from engine.model.document import DocumentKind, FileFacts
from engine.model.dossier import Dossier
from engine.model.vault import VALIDITY_NAMES, VaultPaper, serving, validity
from engine.store import vault
from engine.store.tables import agency
from engine.store.tables import dossier as dossier_table
from engine.store.vault_tables import historic_owner, historic_result
from engine.store.vault_tables import vault_item as table


@dataclass(frozen=True)
class Shelf:
    """Papers for a dossier, as they are on a day; without a known owner there are none.

    `serving` are the types of papers that fit, with the components that they may stand in for.
    """

    dossier_id: int
    dossier: Dossier
    owner: str | None
    serving: Mapping[str, tuple[str, ...]]
    today: date

    @classmethod
    def of(
        cls, tx: Connection, dossier_id: int, dossier: Dossier, facts: Facts, today: date
    ) -> "Shelf":
        """The shelf of a dossier."""
        return cls(dossier_id, dossier, vault.owner_of(tx, dossier_id), serving(facts), today)

    def papers(self, tx: Connection, before: int | None, most: int) -> Sequence[VaultPaper]:
        """At most so many papers, the latest kept first, from the one kept before an item."""
        query = self._query().order_by(table.c.id.desc()).limit(most)
        query = query if before is None else query.where(table.c.id < before)
        return [self._paper(row) for row in tx.execute(query)]

    def paper(self, tx: Connection, item: int) -> VaultPaper | None:
        """One of them, if it is one."""
        row = tx.execute(self._query().where(table.c.id == item)).one_or_none()
        return self._paper(row) if row else None

    def _query(self) -> Select[Any]:
        return (
            select(
                table,
                dossier_table.c.code,
                dossier_table.c.owner_name,
                agency.c.name.label("agency_name"),
                historic_result.c.issued_by,
                historic_owner.c.body,
            )
            .join(agency, agency.c.code == table.c.agency)
            .outerjoin(dossier_table, dossier_table.c.id == table.c.dossier_id)
            .outerjoin(historic_result, historic_result.c.id == table.c.historic)
            .outerjoin(historic_owner, historic_owner.c.historic == table.c.historic)
            .where(
                table.c.owner == self.owner,
                table.c.owner.is_not(None),
                table.c.type.in_(sorted(self.serving)),
                table.c.dossier_id.is_distinct_from(self.dossier_id),
            )
        )

    def _paper(self, row: Any) -> VaultPaper:
        good = validity(row.valid_until, row.withdrawn_at, row.superseded_by, self.today)
        sources = (each.source or {} for each in self.dossier.documents.values())
        same = ("type", "name", "number", "issued_on", "valid_until", "superseded_by", "document")
        return VaultPaper(
            **{name: getattr(row, name) for name in same},
            item=row.id,
            kind=DocumentKind(row.kind),
            components=self.serving[row.type],
            issued_by=row.issued_by or row.agency_name,
            validity=good,
            validity_name=VALIDITY_NAMES[good],
            owner_name=row.owner_name or (row.body or {}).get("name"),
            dossier=row.code,
            file=FileFacts(row.file, row.size, row.pages, row.media_type),
            taken=any(source.get("item") == row.id for source in sources),
        )
