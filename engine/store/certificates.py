"""Certificates of people and agencies; those retired stay, since signatures name them."""

from base64 import b64decode
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.errors.signatures import CertificateUnknown
from engine.model.certificate import KeptCertificate, Provider
from engine.store.signature_tables import certificate as table


def add(tx: Connection, **row: Any) -> int:
    """Register a certificate, its columns by name; returns its number."""
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def get(tx: Connection, number: int) -> KeptCertificate:
    """A certificate, also a retired one; raises `CertificateUnknown`."""
    row = tx.execute(select(table).where(table.c.id == number)).one_or_none()
    if row is None:
        raise CertificateUnknown(certificate=number)
    return read(row)


def of_person(tx: Connection, user_id: int) -> list[KeptCertificate]:
    """Those with which a person signs, the one registered last first."""
    return _in_use(tx, table.c.user_id == user_id)


def of_agency(tx: Connection, agency: str) -> list[KeptCertificate]:
    """Those with which an agency seals, the one registered last first."""
    return _in_use(tx, table.c.agency == agency, table.c.user_id.is_(None))


def _in_use(tx: Connection, *owner: Any) -> list[KeptCertificate]:
    query = select(table).where(*owner, table.c.retired_at.is_(None)).order_by(table.c.id.desc())
    return [read(row) for row in tx.execute(query)]


def retire(tx: Connection, number: int, now: datetime) -> bool:
    """Let nobody sign with a certificate any more; tells whether it was in use."""
    there = update(table).where(table.c.id == number, table.c.retired_at.is_(None))
    return tx.execute(there.values(retired_at=now, key_file=None)).rowcount == 1


def read(row: Any) -> KeptCertificate:
    """A certificate out of a row of the table."""
    return KeptCertificate(
        id=row.id,
        agency=row.agency,
        user_id=row.user_id,
        provider=Provider(row.provider),
        fingerprint=row.fingerprint,
        subject=row.subject,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        der=row.der,
        chain=tuple(b64decode(each) for each in row.chain),
        access=row.access,
        key_file=row.key_file,
        image=row.image,
        retired_at=row.retired_at,
    )
