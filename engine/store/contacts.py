"""How the people of a dossier are reached: read off the log, where it can be erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.model.contact import Contact, Means, Party
from engine.model.dossier import Dossier
from engine.store.tables import event_payload

_SUBMISSION = 1
_SAID = select(event_payload.c.seq, event_payload.c.body).where(
    event_payload.c.dossier_id == bindparam("the_dossier"),
    event_payload.c.seq.in_(bindparam("the_events", expanding=True)),
)


@dataclass(frozen=True)
class Contacts:
    """Who can be told by what; `means` are those that the applicant agreed to."""

    people: Mapping[Party, Contact]
    names: Mapping[Party, str]
    means: frozenset[Means]

    def of(self, party: Party) -> Contact:
        """How someone is reached; whoever handed in their own dossier is its owner."""
        found = self.people.get(party) or self.people.get(Party.OWNER)
        return found or Contact()

    def addresses(self, parties: tuple[Party, ...]) -> dict[tuple[Means, str], Party]:
        """Where these people are to be told: each address once, as the first of them has it."""
        found: dict[tuple[Means, str], Party] = {}
        for party in parties:
            for means in Means:
                address = self.of(party).address(means) if means in self.means else None
                if address:
                    found.setdefault((means, address), self._known_as(party))
        return found

    def _known_as(self, party: Party) -> Party:
        return party if party in self.people else Party.OWNER


def contacts(tx: Connection, dossier_id: int, dossier: Dossier) -> Contacts:
    """What was said at reception, as it was corrected since; nobody where it was erased."""
    seqs = {_SUBMISSION, *dossier.contacts.values()}
    said = {event.seq: event.payload for event in dossier.news if event.seq in seqs}
    if unread := sorted(seqs - said.keys()):
        rows = tx.execute(_SAID, {"the_dossier": dossier_id, "the_events": unread})
        said |= {row.seq: row.body for row in rows}
    corrected = {str(party): said.get(seq, {}) for party, seq in dossier.contacts.items()}
    return _read(said.get(_SUBMISSION, {}), corrected)


def _read(submission: Mapping[str, Any], corrected: Mapping[str, Mapping[str, Any]]) -> Contacts:
    people = {party: submission[party] for party in Party if submission.get(party)}
    known = {
        party: _contact({**said, **_replaced(corrected.get(party))})
        for party, said in people.items()
    }
    chosen = submission.get("notices")
    means = frozenset(Means) if chosen is None else frozenset(map(Means, chosen))
    return Contacts(known, {party: said["name"] for party, said in people.items()}, means)


def _replaced(said: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if said is None else {name: said.get(name) for name in ("phone", "email")}


def _contact(said: Mapping[str, Any]) -> Contact:
    return Contact(said.get("phone") or None, said.get("email") or None)
