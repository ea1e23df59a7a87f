"""Certificates as administrators and their owners see them, without keys."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from engine.errors import NotPermitted
from engine.errors.signatures import CertificateUnknown
from engine.model.actor import Actor, Permission, granted
from engine.model.certificate import NEAR_EXPIRY, PROVIDER_NAMES, Provider
from engine.queries.paging import Page, Slice, page
from engine.store.signature_tables import certificate as table
from engine.store.tables import agency, user


class Standing(StrEnum):
    """Whether one can sign with a certificate, as far as we know ourselves."""

    GOOD = "good"
    NEAR_EXPIRY = "near_expiry"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    RETIRED = "retired"


STANDING_NAMES = {
    Standing.GOOD: "Đang dùng",
    Standing.NEAR_EXPIRY: "Sắp hết hạn",
    Standing.EXPIRED: "Đã hết hạn",
    Standing.NOT_YET: "Chưa có hiệu lực",
    Standing.RETIRED: "Đã ngừng dùng",
}


@dataclass(frozen=True)
class CertificateFilter:
    """Which certificates are wanted: of an agency, of one person, only those in use."""

    agency: str | None = None
    user: int | None = None
    in_use: bool | None = None


@dataclass(frozen=True)
class CertificateItem:
    """A certificate; `user` and `full_name` None where it is the agency's own seal."""

    id: int
    agency: str
    agency_name: str
    user: int | None
    full_name: str | None
    provider: Provider
    provider_name: str
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    registered_at: datetime
    retired_at: datetime | None
    has_image: bool
    standing: Standing
    standing_name: str


def list_certificates(
    tx: Connection, wanted: Slice, chosen: CertificateFilter, actor: Actor, now: datetime
) -> Page[CertificateItem]:
    """Certificates of agencies that the actor administers, those that end first at the top.

    Raises `NotPermitted`.
    """
    reached = _reached(actor)
    query = _query().where(table.c.agency.in_(reached), *_conditions(chosen))
    query = query.order_by(table.c.valid_until, table.c.id).limit(wanted.limit + 1)
    if wanted.after:
        query = query.where(tuple_(table.c.valid_until, table.c.id) > tuple_(*wanted.after))
    rows = tx.execute(query).all()
    return page(rows, wanted, lambda row: _item(row, now), lambda row: (row.valid_until, row.id))


def certificate(tx: Connection, number: int, actor: Actor, now: datetime) -> CertificateItem:
    """One certificate that the actor administers or owns; raises `CertificateUnknown`."""
    row = tx.execute(_query().where(table.c.id == number)).one_or_none()
    if row is None or not (row.user_id == actor.id or row.agency in _administered(actor)):
        raise CertificateUnknown(certificate=number)
    return _item(row, now)


def own_certificates(tx: Connection, actor: Actor, now: datetime) -> list[CertificateItem]:
    """Those with which the actor signs, the one registered last first."""
    mine = _query().where(table.c.user_id == actor.id, table.c.retired_at.is_(None))
    return [_item(row, now) for row in tx.execute(mine.order_by(table.c.id.desc()))]


def seals(tx: Connection, agency_code: str, now: datetime) -> list[CertificateItem]:
    """Those with which an agency seals, the one registered last first."""
    its = (table.c.agency == agency_code, table.c.user_id.is_(None), table.c.retired_at.is_(None))
    return [_item(row, now) for row in tx.execute(_query().where(*its).order_by(table.c.id.desc()))]


def _query() -> Select[Any]:
    columns = [column for column in table.c if column.name not in _HEAVY]
    return (
        select(
            *columns,
            table.c.image.is_not(None).label("has_image"),
            agency.c.name.label("agency_name"),
            user.c.full_name,
        )
        .join(agency, agency.c.code == table.c.agency)
        .join(user, user.c.id == table.c.user_id, isouter=True)
    )


_HEAVY = frozenset({"der", "chain", "key_file", "image"})


def _reached(actor: Actor) -> frozenset[str]:
    found = _administered(actor)
    if not found:
        raise NotPermitted(what="xem chứng thư số của cơ quan")
    return found


def _administered(actor: Actor) -> frozenset[str]:
    given = granted(actor, Permission.CERTIFICATE_MANAGE)
    return frozenset(code for each, reach in given for code in each.reached(reach))


def _conditions(chosen: CertificateFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.agency is not None:
        found.append(table.c.agency == chosen.agency)
    if chosen.user is not None:
        found.append(table.c.user_id == chosen.user)
    if chosen.in_use is not None:
        unused = table.c.retired_at.is_(None)
        found.append(unused if chosen.in_use else ~unused)
    return found


def _item(row: Any, now: datetime) -> CertificateItem:
    standing = _standing(row, now)
    provider = Provider(row.provider)
    return CertificateItem(
        id=row.id,
        agency=row.agency,
        agency_name=row.agency_name,
        user=row.user_id,
        full_name=row.full_name,
        provider=provider,
        provider_name=PROVIDER_NAMES[provider],
        subject=row.subject,
        issuer=row.issuer,
        serial=row.serial,
        fingerprint=row.fingerprint,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        registered_at=row.registered_at,
        retired_at=row.retired_at,
        has_image=row.has_image,
        standing=standing,
        standing_name=STANDING_NAMES[standing],
    )


def _standing(row: Any, now: datetime) -> Standing:
    if row.retired_at is not None:
        return Standing.RETIRED
    if now > row.valid_until:
        return Standing.EXPIRED
    if now < row.valid_from:
        return Standing.NOT_YET
    return Standing.NEAR_EXPIRY if row.valid_until - now < NEAR_EXPIRY else Standing.GOOD
