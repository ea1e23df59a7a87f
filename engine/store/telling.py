"""Tells people of an alert by mail, in the transaction that raises it or lets it climb."""

from datetime import datetime

from sqlalchemy import Connection

from engine.letters.alerts import AlertNews, at_once, letter
from engine.model.channel import Channel
from engine.model.responsible import Recipient
from engine.store import messages
from engine.store.messages import Draft

__all__ = ["AlertNews", "tell"]


def tell(tx: Connection, told_to: list[Recipient], news: AlertNews, now: datetime) -> None:
    """Write to those who have an address, if the news is worth a letter of its own.

    Nobody is written to twice about one alert on one rung, however often this is called.
    """
    if at_once(news):
        messages.enqueue(tx, (_draft(news, to, to.email) for to in told_to if to.email), now)


def _draft(news: AlertNews, to: Recipient, address: str) -> Draft:
    key = f"alert:{news.code}:{news.seq}:{int(news.rung)}:{to.id}"
    said = letter(news, to.full_name)
    return Draft(key, Channel.MAIL, address, said, name=to.full_name, user_id=to.id)
