"""A dossier's personal data are masked by law."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors import DossierUnknown, NotPermitted
from engine.errors.retention import AlreadyMasked, MaskingImpossible, NotIntact, StillRunning
from engine.life.acts import apply
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission, may
from engine.model.dossier import Dossier
from engine.model.event import Act, Event, EventType
from engine.model.masking import masked
from engine.replay import Mismatch, turns
from engine.store import dossiers, masking
from engine.store.chain import new_salt, payload_digest
from engine.store.definitions import setting_of
from engine.store.documents import component_files
from engine.store.events import log_of
from engine.store.masking import Left
from engine.verification import verify_dossier


@dataclass(frozen=True)
class MaskDossier:
    """Mask what was said of people in a dossier, on a legal `ground` (a decision with its
    number)."""

    code: str
    ground: str


def mask_dossier(tx: Connection, command: MaskDossier, actor: Actor, now: datetime) -> Dossier:
    """Words go, files of papers handed in are named no more; the course and the results stay.

    Raises `DossierUnknown`, `NotPermitted`, `StillRunning`, `AlreadyMasked`, `NotIntact` where
    the dossier was altered before, or `MaskingImpossible` where it could not be done again
    afterwards; then the transaction is to be rolled back.
    """
    loaded = dossiers.lock(tx, command.code)
    _require(loaded.dossier, actor)
    if broken := verify_dossier(tx, command.code):
        raise NotIntact(code=command.code, reason=broken.reason)
    events = [logged.event for logged in log_of(tx, loaded.id)]
    version, rulebook = events[0].data["version"], loaded.dossier.rulebook
    setting = replace(setting_of(tx, version, rulebook), masked=True)
    loaded.dossier, left = _lived_again(command.code, events, setting)
    files = component_files(events)
    masking.replace_payloads(tx, loaded.id, left)
    apply(loaded.dossier, _act(command, left, files, actor, now), setting)
    dossiers.save(tx, loaded)
    masking.forget(tx, loaded.id, loaded.dossier, left[0].body, files)
    if broken := verify_dossier(tx, command.code):
        raise MaskingImpossible(code=command.code, seq=broken.seq)
    return loaded.dossier


def _require(dossier: Dossier, actor: Actor) -> None:
    if not may(actor, Permission.PERSONAL_DATA_MASK, dossier):
        if not may(actor, Permission.DOSSIER_READ, dossier):
            raise DossierUnknown(code=dossier.code)
        raise NotPermitted(what=f"che dữ liệu cá nhân của hồ sơ {dossier.code}")
    if dossier.finished_at is None:
        raise StillRunning(code=dossier.code)
    if dossier.masked_at is not None:
        raise AlreadyMasked(code=dossier.code)


def _lived_again(
    code: str, events: Sequence[Event], setting: Setting
) -> tuple[Dossier, list[Left]]:
    """The dossier as its masked acts make it, and what is left of every payload."""
    bare = [
        event if event.caused_by or not event.payload
        else replace(event, payload=masked(event.payload))
        for event in events
    ]  # fmt: skip
    left: list[Left] = []
    try:
        for turn, again in turns(bare, setting):
            left.extend(_left(turn, again.news))
            dossier = again
    except Mismatch as mismatch:
        raise MaskingImpossible(code=code, seq=mismatch.seq) from mismatch
    dossier.news.clear()
    return dossier, left


def _left(turn: Sequence[Event], again: Sequence[Event]) -> Iterator[Left]:
    """What is left of an act and of its consequences, which must be the same otherwise."""
    if [_course(event) for event in turn] != [_course(event) for event in again]:
        raise Mismatch(turn[0].seq, "sau khi che, hồ sơ đi đường khác")
    for event in again:
        if event.payload:
            yield Left(event.seq, new_salt(), event.payload)


def _course(event: Event) -> Any:
    return event.seq, event.type, event.data, bool(event.payload)


def _act(
    command: MaskDossier, left: Sequence[Left], files: Sequence[str], actor: Actor, now: datetime
) -> Act:
    digests = {str(each.seq): payload_digest(each.salt, each.body) for each in left}
    data = {"ground": command.ground, "left": digests, "files": list(files)}
    return Act(EventType.PERSONAL_DATA_MASKED, actor.key, now, data)
