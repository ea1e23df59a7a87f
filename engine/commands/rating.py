"""A citizen says how they were served. Nothing of the dossier changes, nor of its log."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from bpmn.steps import Outcome
from engine.errors.tracking import RatingInvalid, RatingNotOpen, RatingSettled
from engine.store import notice_calls, ratings, tracking
from engine.store.ratings import Rating
from engine.store.tables import dossier
from engine.store.tracking import Claim

MOST_STARS, MOST_COMMENT = 5, 1_000
INVITATIONS = ("rating",)
"""Notices that ask for a rating and nothing else."""


@dataclass(frozen=True)
class RateDossier:
    """How many stars, and why; `claim` shows that one may."""

    claim: Claim
    stars: int
    comment: str | None = field(default=None, repr=False)


def rate_dossier(tx: Connection, command: RateDossier, secret: str, now: datetime) -> Rating:
    """Keep a citizen's rating of a delivered dossier, or the better one of the same day.

    `secret` is the installation's secret key. Raises `NothingTracked`, `RatingNotOpen`,
    `RatingInvalid` or `RatingSettled`.
    """
    id_ = tracking.admit(tx, command.claim, secret)
    query = select(dossier.c.outcome, dossier.c.competent_agency).where(dossier.c.id == id_)
    outcome, agency = tx.execute(query).one()
    if outcome != Outcome.DELIVERED:
        raise RatingNotOpen()
    said = Rating(_stars(command.stars), _comment(command.comment), now, now)
    kept = ratings.put(tx, id_, agency, said)
    if kept is None:
        raise RatingSettled()
    notice_calls.cancel(tx, id_, INVITATIONS)
    return kept


def _stars(number: int) -> int:
    if not 1 <= number <= MOST_STARS:
        raise RatingInvalid(most=MOST_COMMENT)
    return number


def _comment(text: str | None) -> str | None:
    text = (text or "").strip()
    if len(text) > MOST_COMMENT or "\0" in text:
        raise RatingInvalid(most=MOST_COMMENT)
    return text or None
