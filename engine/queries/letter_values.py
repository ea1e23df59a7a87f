"""What the template of a letter may speak of, read off the log as it was when it was issued."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.steps import STAGE_NAMES, Outcome, PauseCode
from engine.deadlines.calendar import local
from engine.life.obtaining import DEMANDED
from engine.model.event import Event, EventType
from engine.model.letter_forms import LetterForm
from engine.queries.dossiers import Found
from engine.queries.fees import fees_of
from engine.queries.letter_log import LetterLog
from engine.queries.letter_people import Signer, officer_of, signer_of
from engine.queries.responsibility import unit_names
from engine.store.tables import agency

PERSONAL = ("name", "personal_id", "address", "phone", "email")
_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|thành phố|tỉnh)\s+(.+)$", re.IGNORECASE)
_DELIVERY = {
    "counter": "tại Bộ phận Một cửa",
    "postal": "qua dịch vụ bưu chính công ích",
    "electronic": "bản điện tử",
}


@dataclass(frozen=True)
class Links:
    """Where the applicant sees the progress: the address of the QR code, and one to type."""

    link: str
    link_text: str


def letter_values(tx: Connection, found: Found, log: LetterLog, links: Links) -> dict[str, Any]:
    """Everything that the template of this letter knows; its names are in the documentation."""
    read = _Reading(tx, found, log)
    return {**vars(links), **read.common(), **_PARTICULARS[log.details.form](read)}


def place_of(agency_name: str) -> str | None:
    """Where an agency sits, as papers name it: «Ủy ban nhân dân xã Mai Lâm» in «Mai Lâm»."""
    match = _PLACE.search(agency_name)
    return match[1] if match else None


def person(raw: Mapping[str, Any] | None) -> dict[str, Any]:
    """Somebody with what papers say of people; what is not known is None."""
    return {name: (raw or {}).get(name) for name in PERSONAL}


def when(moment: datetime | str | None) -> str | None:
    """A moment as templates take it: ISO 8601, in Vietnamese time."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return local(moment).isoformat() if moment else None


class _Reading:
    """Reads one letter's log."""

    def __init__(self, tx: Connection, found: Found, log: LetterLog) -> None:
        self.tx = tx
        self.log = log
        self.dossier = log.dossier
        self.facts = found.procedure.facts
        codes = {self.dossier.receiving_agency, self.dossier.competent_agency}
        rows = tx.execute(select(agency.c.code, agency.c.name).where(agency.c.code.in_(codes)))
        self.agencies = {row.code: row.name for row in rows}

    def common(self) -> dict[str, Any]:
        """What every letter knows."""
        log, data, dossier = self.log, self.log.issued.data, self.dossier
        handed, details = log.handed_in.payload, log.details
        return {
            "form": {**vars(details), "form": details.form.value},
            "number": data["number"],
            "symbol": data["symbol"],
            "superior": data["superior"],
            "issuer": data["issuer"],
            "place": place_of(self.agencies[data["agency"]]),
            "counter": details.counter,
            "receiving": self.agencies[dossier.receiving_agency],
            "competent": self.agencies[dossier.competent_agency],
            "issued_at": when(log.issued.at),
            "code": dossier.code,
            "ticket": dossier.ticket,
            "procedure": {name: getattr(self.facts, name) for name in ("code", "name", "field")},
            "owner": person(handed.get("owner")),
            "submitter": person(handed.get("submitter") or handed.get("owner")),
            "submitted_at": when(dossier.submitted_at),
            "received_at": when(dossier.received_at),
            "due_at": when(dossier.due_at),
            "officer": vars(officer_of(self.tx, log.issued.actor, data["agency"])),
            "reason": self.reason,
            "legal_ground": log.said.get("legal_ground"),
        }

    @property
    def reason(self) -> str | None:
        """Why: as said with the act, else with what had started the way out."""
        said = self.log.said.get("reason")
        way_out = self.way_out
        return said or (way_out.payload.get("reason") if way_out else None)

    @property
    def way_out(self) -> Event | None:
        """The act that took the dossier out of its way, if one did."""
        outs = (EventType.WITHDRAWAL_REQUESTED, EventType.DISCONTINUATION_DECIDED)
        return next((e for e in reversed(self.log.events) if e.type in outs), None)

    def appointment(self) -> dict[str, Any]:
        """Form 01."""
        clock, fees = self.dossier.clock, fees_of(self.dossier)
        second = self.facts.second_stage
        return {
            "components": list(self._components()),
            "sets": 1,
            "limit": (clock.limit if clock else self.facts.time_limit).in_words(),
            "second_stage": second and second.in_words(),
            "certification": self._certification(),
            "delivery": _DELIVERY.get(self.log.said.get("result_delivery", "")),
            "fee": fees.amount,
            "fee_ground": fees.ground,
            "book": {
                "volume": f"01/{self.log.issued.data['year']}",
                "number": self.log.issued.data["number"],
            },
        }

    def _components(self) -> Iterator[dict[str, Any]]:
        for each in self.log.handed_in.data["components"]:
            if known := self.facts.component(each["code"]):
                counts = {key: each.get(key, 0) for key in ("originals", "certified", "copies")}
                yield {"name": known.name, **counts}

    def _certification(self) -> dict[str, Any] | None:
        if not self.facts.certification:
            return None
        declared = self.log.handed_in.payload.get("application", {})
        return {key: declared.get(key) for key in ("pages", "copies")}

    def supplement_request(self) -> dict[str, Any]:
        """Form 02."""
        said = self.log.said
        lines = [*self._demanded(), *str(said.get("supplement_items") or "").splitlines()]
        pauses = (p for p in self.dossier.pauses if p.reason == PauseCode.SUPPLEMENT)
        pause = next(pauses, None)
        within = self.log.setting.pause_reason(PauseCode.SUPPLEMENT).limit
        return {
            "items": [line.strip() for line in lines if line.strip()],
            "until": when(pause.until) if pause else None,
            "within": within.in_words() if within else None,
        }

    def _demanded(self) -> Iterator[str]:
        """Components that are asked for by name, each with why, where that was said."""
        for each in self.log.said.get(DEMANDED, []):
            known = self.facts.component(each["component"])
            reason = each.get("reason")
            name = known.name if known else each["component"]
            yield f"{name} ({reason})" if reason else name

    def refusal(self) -> dict[str, Any]:
        """Form 03."""
        return {}

    def apology(self) -> dict[str, Any]:
        """Form 04."""
        cause = self.log.cause
        moved = next(
            e.data
            for e in self.log.events
            if e.type is EventType.DUE_DATE_SET and e.caused_by == cause.seq
        )
        return {
            "old_due_at": when(moved["before"]),
            "new_due_at": when(moved["after"]),
            "cause": self.log.setting.rulebook.cause(cause.data["cause"]).name,
            "lead_unit": self._lead_unit(),
            "signer": vars(self._signer()),
        }

    def _lead_unit(self) -> str | None:
        competent = self.dossier.competent_agency
        return unit_names(self.tx, {competent}).get((competent, self.facts.unit))

    def _signer(self) -> Signer:
        competent = self.dossier.competent_agency
        return signer_of(self.tx, self.log.issued.actor, competent, self.agencies[competent])

    def discontinuation(self) -> dict[str, Any]:
        """Form 05."""
        return {
            "asked_by_applicant": self.dossier.outcome is Outcome.WITHDRAWN,
            "asked_on": self.log.said.get("request_received_on"),
            "stage": self._stage_stopped(),
            "settlement": self.log.in_words("fee_settled"),
            "ended_at": when(self.log.cause.at),
            "signer": vars(self._signer()),
        }

    def _stage_stopped(self) -> str | None:
        """The stage of the work that the way out stopped, else of the last that was done."""
        way_out, known = self.way_out, self.log.setting.procedure.places.steps
        stopped = [
            e.data["step"]
            for e in self.log.events
            if e.type is EventType.TASK_CANCELLED and way_out and e.caused_by == way_out.seq
        ]
        last = self.dossier.last_responsible
        if stopped and stopped[0] in known:
            return STAGE_NAMES[known[stopped[0]].stage]
        return STAGE_NAMES[last.stage] if last and last.stage else None


_PARTICULARS: dict[LetterForm, Callable[[_Reading], dict[str, Any]]] = {
    LetterForm.APPOINTMENT: _Reading.appointment,
    LetterForm.SUPPLEMENT_REQUEST: _Reading.supplement_request,
    LetterForm.REFUSAL: _Reading.refusal,
    LetterForm.APOLOGY: _Reading.apology,
    LetterForm.DISCONTINUATION: _Reading.discontinuation,
}
